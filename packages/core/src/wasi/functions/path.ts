import { linkSync, mkdirSync, readlinkSync, renameSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import type { GuestMemory } from '../../memory/guest-memory.js';
import { type ConfinedPath, linkEscapes } from '../confined-path.js';
import { fileStatOf } from '../descriptors/descriptor.js';
import { existing, setTimes } from '../descriptors/open-directory.js';
import { timesToSet, writeFileStat } from '../file-stat.js';
import { readPath, requireRange } from '../guest-data.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import type { WasiState } from '../wasi-state.js';
import { RecordSize, symlinkFollow } from '../wasi-types.js';

/** Names in folders: looking, making, moving and removing. */
export const pathFunctions = {
  path_filestat_get: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fd, lookup, pointer, length, result) => {
      const at = resolve(state, memory, fd, Right.pathFilestatGet, pointer, length, lookup);
      requireRange(memory, result, RecordSize.filestat);
      writeFileStat(memory, result, fileStatOf(existing(at)));
    },
  ),
  path_filestat_set_times: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i64', 'i64', 'i32'],
    (state, { memory }, fd, lookup, pointer, length, atime, mtime, flags) => {
      const at = resolve(state, memory, fd, Right.pathFilestatSetTimes, pointer, length, lookup);
      setTimes(at, timesToSet(atime, mtime, flags));
    },
  ),
  path_create_directory: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) =>
    mkdirSync(resolve(state, memory, fd, Right.pathCreateDirectory, pointer, length).hostPath),
  ),
  path_remove_directory: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) => {
    const at = resolve(state, memory, fd, Right.pathRemoveDirectory, pointer, length);
    if (!existing(at).isDirectory()) throw new WasiError('notdir');
    rmdirSync(movable(at));
  }),
  path_unlink_file: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) => {
    const at = resolve(state, memory, fd, Right.pathUnlinkFile, pointer, length);
    if (existing(at).isDirectory()) throw new WasiError('isdir');
    unlinkSync(at.hostPath);
  }),
  path_rename: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fromFd, fromPointer, fromLength, toFd, toPointer, toLength) => {
      const from = resolve(state, memory, fromFd, Right.pathRenameSource, fromPointer, fromLength);
      const to = resolve(state, memory, toFd, Right.pathRenameTarget, toPointer, toLength);
      refuseEscapingLink(from, to);
      renameSync(movable(from), movable(to));
    },
  ),
  path_link: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fromFd, lookup, fromPointer, fromLength, toFd, toPointer, toLength) => {
      const from = resolve(state, memory, fromFd, Right.pathLinkSource, fromPointer, fromLength, lookup);
      const to = resolve(state, memory, toFd, Right.pathLinkTarget, toPointer, toLength);
      if (existing(from).isDirectory()) throw new WasiError('perm');
      refuseEscapingLink(from, to);
      linkSync(from.hostPath, to.hostPath);
    },
  ),
  path_symlink: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, targetPointer, targetLength, fd, pointer, length) => {
      const target = readPath(memory, targetPointer, targetLength);
      const at = resolve(state, memory, fd, Right.pathSymlink, pointer, length);
      if (linkEscapes(at, target)) throw new WasiError('notcapable');
      symlinkSync(target, at.hostPath);
    },
  ),
  path_readlink: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fd, pointer, length, buffer, bufferLength, result) => {
      const at = resolve(state, memory, fd, Right.pathReadlink, pointer, length);
      requireRange(memory, buffer, bufferLength);
      requireRange(memory, result, 4);
      if (!existing(at).isSymbolicLink()) throw new WasiError('inval');
      const target = readlinkSync(at.hostPath);
      // Such a link was not made by a guest, and tells where things are on the host.
      if (path.isAbsolute(target)) throw new WasiError('notcapable');
      const bytes = Buffer.from(target).subarray(0, bufferLength >>> 0);
      memory.write(buffer, bytes);
      memory.writeU32(result, bytes.byteLength);
    },
  ),
};

function resolve(
  { descriptors }: WasiState,
  memory: GuestMemory,
  fd: number,
  right: bigint,
  pointer: number,
  length: number,
  lookup = 0,
): ConfinedPath {
  if ((lookup & ~symlinkFollow) !== 0) throw new WasiError('inval');
  const directory = descriptors.directory(fd, right);
  return directory.resolve(readPath(memory, pointer, length), lookup === symlinkFollow);
}

/** Refuses to put a symbolic link where it would lead out, for other programs that use the folder; guests follow none that does. */
function refuseEscapingLink(from: ConfinedPath, to: ConfinedPath): void {
  if (existing(from).isSymbolicLink() && linkEscapes(to, readlinkSync(from.hostPath))) {
    throw new WasiError('notcapable');
  }
}

/** The host's path of something that may be moved or removed: not the folder the guest started from. */
function movable({ hostPath, names }: ConfinedPath): string {
  if (names.length === 0) throw new WasiError('busy');
  return hostPath;
}
