import { randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import type { PluginInspection } from '../../plugin-file/inspect-plugin-file.js';
import { privateFolder } from './private-folder.js';

/** Bytes that were verified, and where they came from. */
export interface VerifiedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes verified bytes where nobody else can change them, and returns the path of the plug-in's copy. Its own libraries, which it finds
 * by `$ORIGIN`, get the same places relative to it.
 */
export function privateCopy(
  { sha256 }: PluginInspection,
  plugin: VerifiedFile,
  libraries: readonly VerifiedFile[],
): string {
  const root = join(privateFolder(), sha256);
  const files = [plugin, ...libraries];
  const base = files.map(({ path }) => dirname(path)).reduce(commonFolder);
  const placeOf = (path: string) => join(root, 'files', relative(base, path));
  for (const { path, bytes } of files) {
    writeOnce(placeOf(path), bytes);
  }
  writeOnce(join(root, 'origin'), Buffer.from(plugin.path));
  return placeOf(plugin.path);
}

/** Where the private copy at `path` came from, if it is one. */
export function originOfCopy(path: string): { readonly path: string; readonly sha256: string } | undefined {
  const [first, ...rest] = relative(privateFolder(), path).split(sep);
  return first === undefined || !/^[0-9a-f]{64}$/.test(first) || rest[0] !== 'files'
    ? undefined
    : { path: readFileSync(join(privateFolder(), first, 'origin'), 'utf8'), sha256: first };
}

/** A file that another thread wrote already is kept, since the process may have loaded it. */
function writeOnce(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
    chmodSync(temporary, 0o500);
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    if (!readFileSync(path).equals(bytes)) {
      throw new NativePluginLoadError(
        `The verified copy ${path} was changed by another program of this user. Stop that program, and restart this one.`,
      );
    }
  } finally {
    rmSync(temporary, { force: true });
  }
}

function commonFolder(a: string, b: string): string {
  let folder = resolve(a);
  while (relative(folder, b).startsWith('..')) {
    folder = dirname(folder);
  }
  return folder;
}
