import { posix, win32 } from 'node:path';
import { ArchiveError } from '../errors.js';

/** What one entry of an archive claims. */
export interface ArchiveEntry {
  readonly path: string;
  /** As the library `tar` names it. */
  readonly type: string;
  readonly linkpath?: string | undefined;
}

const files = ['File', 'OldFile', 'ContiguousFile'];
const links = ['SymbolicLink', 'Link'];

/**
 * Refuses an archive with an entry that no honest archive has: one that leads out of its folder, or that is neither file, folder nor link.
 * Links are never made, whatever they point at.
 *
 * @returns whether the entry is a file.
 * @throws {ArchiveError} when the entry must be refused.
 */
export function checkEntry({ path, type, linkpath }: ArchiveEntry, archive: string): boolean {
  const refuse = (why: string): never => {
    throw new ArchiveError(
      `${archive} was refused: its entry ${JSON.stringify(path)} ${why}. Nothing was installed; do not trust this server.`,
    );
  };
  if (leadsOut(path)) {
    refuse('leads out of the folder');
  }
  if (links.includes(type)) {
    // A symbolic link starts at its own folder, a hard link at the archive's.
    const link = linkpath ?? '';
    if (isAbsolute(link) || pointsOut(type === 'Link' ? link : posix.join(posix.dirname(path), link))) {
      refuse(`is a link that leads out of the folder, to ${JSON.stringify(linkpath)}`);
    }
    return false;
  }
  if (type === 'Directory' || type === 'GNUDumpDir') {
    return false;
  }
  if (!files.includes(type)) {
    refuse(`is a ${type}, not a file`);
  }
  return true;
}

function leadsOut(path: string): boolean {
  return path === '' || path.includes('\0') || isAbsolute(path) || segments(path).includes('..');
}

/** As `leadsOut`, but `..` is as good as any other way to a place inside. */
function pointsOut(target: string): boolean {
  const normal = posix.normalize(segments(target).join('/'));
  return target === '' || isAbsolute(target) || normal === '..' || normal.startsWith('../');
}

function segments(path: string): readonly string[] {
  return path.split(/[\\/]/);
}

function isAbsolute(path: string): boolean {
  return posix.isAbsolute(path) || win32.isAbsolute(path) || /^[A-Za-z]:/.test(path);
}
