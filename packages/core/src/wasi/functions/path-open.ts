import { constants } from 'node:fs';
import type { ConfinedPath } from '../confined-path.js';
import type { Descriptor } from '../descriptors/descriptor.js';
import { OpenDirectory } from '../descriptors/open-directory.js';
import { OpenFile } from '../descriptors/open-file.js';
import { readPath, requireRange } from '../guest-data.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { inheritableRights, Right, readingRights, writingRights } from '../wasi-rights.js';
import { FdFlags, OpenFlags, symlinkFollow } from '../wasi-types.js';

interface Opening {
  readonly openFlags: number;
  readonly fdFlags: number;
  readonly rights: bigint;
  readonly inheritingRights: bigint;
}

/** Opening files and folders. */
export const pathOpenFunctions = {
  path_open: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i64', 'i64', 'i32', 'i32'],
    (
      { descriptors },
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
      const at = directory.resolve(guestPath, lookup === symlinkFollow);
      const opening = { openFlags, fdFlags, rights, inheritingRights };
      memory.writeU32(
        result,
        descriptors.add(() => open(at, opening)),
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

function open(at: ConfinedPath, opening: Opening): Descriptor {
  const { openFlags, rights } = opening;
  const wantsFolder = (openFlags & OpenFlags.directory) !== 0;
  const creates = (openFlags & OpenFlags.create) !== 0;
  if (wantsFolder && creates) throw new WasiError('inval');
  const mustBeNew = creates && (openFlags & OpenFlags.exclusive) !== 0;
  if (mustBeNew && at.stats !== undefined) throw new WasiError('exist');
  if (at.stats?.isSymbolicLink()) throw new WasiError('loop');
  if (at.stats?.isDirectory()) {
    const writes = creates || (openFlags & OpenFlags.truncate) !== 0 || (rights & writingRights) !== 0n;
    if (writes && !wantsFolder) throw new WasiError('isdir');
    return new OpenDirectory(at.hostPath, rights, opening.inheritingRights);
  }
  if (wantsFolder) throw new WasiError(at.stats === undefined ? 'noent' : 'notdir');
  return openFile(at, opening);
}

function openFile(at: ConfinedPath, { openFlags, fdFlags, rights }: Opening): OpenFile {
  const truncates = (openFlags & OpenFlags.truncate) !== 0;
  const writes = truncates || (rights & writingRights) !== 0n;
  let access: number = constants.O_RDONLY;
  if (writes) access = (rights & readingRights) !== 0n ? constants.O_RDWR : constants.O_WRONLY;
  let creation = 0;
  if ((openFlags & OpenFlags.create) !== 0) {
    creation |= constants.O_CREAT;
    if ((openFlags & OpenFlags.exclusive) !== 0) creation |= constants.O_EXCL;
  }
  if (truncates) creation |= constants.O_TRUNC;
  return new OpenFile(at.hostPath, access, creation, fdFlags, rights);
}
