import { closeSync, constants, fstatSync } from 'node:fs';
import { existing, type Place } from '../confined-path.js';
import type { Descriptor } from '../descriptors/descriptor.js';
import type { HostFolder } from '../descriptors/host-folder.js';
import { awaitWriter, openWhenRead } from '../descriptors/named-pipe.js';
import { OpenDirectory } from '../descriptors/open-directory.js';
import { OpenFile, systemFlags } from '../descriptors/open-file.js';
import { readPath, requireRange } from '../guest-data.js';
import { nodeCode, WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { inheritableRights, Right, readingRights, writingRights } from '../wasi-rights.js';
import { FdFlags, FileType, OpenFlags, symlinkFollow } from '../wasi-types.js';

interface Opening {
  readonly directory: OpenDirectory;
  readonly openFlags: number;
  readonly fdFlags: number;
  readonly rights: bigint;
  readonly inheritingRights: bigint;
  readonly remainingMs: () => number;
}

/** Opening files and folders. */
export const pathOpenFunctions = {
  path_open: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i64', 'i64', 'i32', 'i32'],
    (
      { descriptors, remainingMs },
      { memory },
      fd,
      lookup,
      pointer,
      length,
      openFlags,
      base,
      inheriting,
      fdFlags,
      result,
    ) => {
      if ((lookup & ~symlinkFollow) !== 0 || (openFlags & ~OpenFlags.all) !== 0) throw new WasiError('inval');
      if ((fdFlags & ~FdFlags.all) !== 0) throw new WasiError('inval');
      const directory = descriptors.directory(fd, rightsToOpen(openFlags));
      const guestPath = readPath(memory, pointer, length);
      requireRange(memory, result, 4);
      // Rights that apply to neither a file nor a folder may be left out, says the specification of `path_open`.
      const rights = base & inheritableRights;
      const inheritingRights = inheriting & inheritableRights;
      const needed = rights | inheritingRights | rightsForFlags(fdFlags);
      if ((needed & ~directory.inheritingRights) !== 0n) throw new WasiError('notcapable');
      const opening = { directory, openFlags, fdFlags, rights, inheritingRights, remainingMs };
      memory.writeU32(
        result,
        descriptors.add(() => openAt(guestPath, lookup === symlinkFollow, opening)),
      );
    },
  ),
};

function rightsToOpen(openFlags: number): bigint {
  let rights: bigint = Right.pathOpen;
  if ((openFlags & OpenFlags.create) !== 0) rights |= Right.pathCreateFile;
  if ((openFlags & OpenFlags.truncate) !== 0) rights |= Right.pathFilestatSetSize;
  return rights;
}

function rightsForFlags(fdFlags: number): bigint {
  let rights = 0n;
  if ((fdFlags & FdFlags.dsync) !== 0) rights |= Right.fdDatasync;
  if ((fdFlags & (FdFlags.rsync | FdFlags.sync)) !== 0) rights |= Right.fdSync;
  return rights;
}

function openAt(guestPath: string, follows: boolean, opening: Opening): Descriptor {
  const { directory, openFlags } = opening;
  const wantsFolder = (openFlags & OpenFlags.directory) !== 0;
  const creates = (openFlags & OpenFlags.create) !== 0;
  if (wantsFolder && creates) throw new WasiError('inval');
  // POSIX: what must be new is not behind a link.
  const mayFollow = follows && !(creates && (openFlags & OpenFlags.exclusive) !== 0);
  const open = wantsFolder
    ? (place: Place) => openFolder(place, opening)
    : (place: Place) => openThing(place, opening);
  try {
    return directory.at(guestPath, 'keep', open);
  } catch (error) {
    // Most paths end in no link, so that is tried first.
    if (!mayFollow || !isLoop(error)) throw error;
    return directory.at(guestPath, 'follow', open);
  }
}

function isLoop(error: unknown): boolean {
  if (error instanceof WasiError) return error.message === 'loop';
  // FreeBSD says the second.
  return nodeCode(error) === 'ELOOP' || nodeCode(error) === 'EMLINK';
}

function openFolder({ folder, name }: Place, opening: Opening): Descriptor {
  let opened: HostFolder;
  try {
    opened = folder.openFolder(name ?? '.', 'keeping');
  } catch (error) {
    const isLink = name !== undefined && folder.lstat(name)?.fileType === FileType.symbolicLink;
    throw isLink ? new WasiError('loop') : error;
  }
  const writes = (opening.openFlags & OpenFlags.truncate) !== 0 || (opening.rights & Right.fdWrite) !== 0n;
  if (!writes) return asDirectory(opened, opening);
  opened.close();
  throw new WasiError('isdir');
}

function openThing(place: Place, opening: Opening): Descriptor {
  const { folder, name, mustBeFolder } = place;
  const creates = (opening.openFlags & OpenFlags.create) !== 0;
  const mustBeNew = creates && (opening.openFlags & OpenFlags.exclusive) !== 0;
  if (name !== undefined && !mustBeFolder) return openNamed(folder, name, opening);
  if (name !== undefined && creates && folder.lstat(name) === undefined) throw new WasiError('isdir');
  existing(place);
  if (creates) throw new WasiError(mustBeNew ? 'exist' : 'isdir');
  return openFolder(place, opening);
}

/** Opens what has this name, whatever it is: the system tells afterwards. */
function openNamed(folder: HostFolder, name: string, opening: Opening): Descriptor {
  const { fdFlags, rights, remainingMs } = opening;
  const access = accessFor(opening);
  const flags = access | creationFor(opening) | systemFlags(fdFlags);
  const waits = (fdFlags & FdFlags.nonblock) === 0;
  let fd: number;
  try {
    fd = waits ? openWhenRead(folder, name, flags, remainingMs) : folder.open(name, flags);
  } catch (error) {
    // A folder that may not be listed can still be walked through.
    if (nodeCode(error) !== 'EACCES' || access !== constants.O_RDONLY) throw error;
    if (folder.lstat(name)?.fileType !== FileType.directory) throw error;
    return asDirectory(folder.openFolder(name, 'keeping'), opening);
  }
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) return asDirectory(folder.adopt(name, fd), opening);
    const readAhead =
      waits && stats.isFIFO() && access === constants.O_RDONLY ? awaitWriter(fd, remainingMs) : undefined;
    return new OpenFile({ fd, mode: stats.mode, access, readAhead }, fdFlags, rights, remainingMs);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function asDirectory(folder: HostFolder, { directory, rights, inheritingRights }: Opening): OpenDirectory {
  return new OpenDirectory(folder, directory.listings, rights, inheritingRights);
}

function accessFor({ openFlags, rights }: Opening): number {
  const writes = (openFlags & OpenFlags.truncate) !== 0 || (rights & writingRights) !== 0n;
  if (!writes) return constants.O_RDONLY;
  return (rights & readingRights) !== 0n ? constants.O_RDWR : constants.O_WRONLY;
}

function creationFor({ openFlags }: Opening): number {
  let flags = (openFlags & OpenFlags.truncate) === 0 ? 0 : constants.O_TRUNC;
  if ((openFlags & OpenFlags.create) === 0) return flags;
  flags |= constants.O_CREAT;
  return (openFlags & OpenFlags.exclusive) === 0 ? flags : flags | constants.O_EXCL;
}
