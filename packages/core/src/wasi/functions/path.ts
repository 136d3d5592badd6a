import { linkSync, mkdirSync, renameSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import type { GuestMemory } from '../../memory/guest-memory.js';
import { existing, type LastLink, linkEscapes, type Place } from '../confined-path.js';
import type { FileStat } from '../descriptors/descriptor.js';
import { setTimes } from '../descriptors/open-directory.js';
import { timesToSet, writeFileStat } from '../file-stat.js';
import { readPath, requireRange } from '../guest-data.js';
import { nameToCreate, nameToMove, nameToRemoveFile, nameToRemoveFolder } from '../named-place.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import type { WasiState } from '../wasi-state.js';
import { FileType, RecordSize, symlinkFollow } from '../wasi-types.js';

/** Names in folders: looking, making, moving and removing. */
export const pathFunctions = {
  path_filestat_get: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fd, lookup, pointer, length, result) => {
      const at = resolver(state, memory, fd, Right.pathFilestatGet, pointer, length);
      const lastLink = lastLinkFor(lookup);
      requireRange(memory, result, RecordSize.filestat);
      // Most paths end in no link, so that is tried first.
      let stat = at('keep', existing);
      if (stat.fileType === FileType.symbolicLink && lastLink === 'follow') stat = at('follow', existing);
      writeFileStat(memory, result, stat);
    },
  ),
  path_filestat_set_times: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i64', 'i64', 'i32'],
    (state, { memory }, fd, lookup, pointer, length, atime, mtime, flags) => {
      const at = resolver(state, memory, fd, Right.pathFilestatSetTimes, pointer, length);
      const times = timesToSet(atime, mtime, flags);
      at(lastLinkFor(lookup), (place) => {
        existing(place);
        setTimes(place, times);
      });
    },
  ),
  path_create_directory: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) => {
    const at = resolver(state, memory, fd, Right.pathCreateDirectory, pointer, length);
    at('name', (place) => mkdirSync(place.folder.path(nameToCreate(place, true))));
  }),
  path_remove_directory: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) => {
    const at = resolver(state, memory, fd, Right.pathRemoveDirectory, pointer, length);
    at('name', (place) => rmdirSync(place.folder.path(nameToRemoveFolder(place))));
  }),
  path_unlink_file: wasiFunction(['i32', 'i32', 'i32'], (state, { memory }, fd, pointer, length) => {
    const at = resolver(state, memory, fd, Right.pathUnlinkFile, pointer, length);
    at('name', (place) => unlinkSync(place.folder.path(nameToRemoveFile(place))));
  }),
  path_rename: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fromFd, fromPointer, fromLength, toFd, toPointer, toLength) => {
      const source = resolver(state, memory, fromFd, Right.pathRenameSource, fromPointer, fromLength);
      const target = resolver(state, memory, toFd, Right.pathRenameTarget, toPointer, toLength);
      source('name', (from) => {
        const { name, stat } = nameToMove(from);
        target('name', (to) => {
          const newName = nameToMove(to, stat).name;
          refuseEscapingLink(from, stat, to);
          renameSync(from.folder.path(name), to.folder.path(newName));
        });
      });
    },
  ),
  path_link: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fromFd, lookup, fromPointer, fromLength, toFd, toPointer, toLength) => {
      const source = resolver(state, memory, fromFd, Right.pathLinkSource, fromPointer, fromLength);
      const target = resolver(state, memory, toFd, Right.pathLinkTarget, toPointer, toLength);
      source(lastLinkFor(lookup), (from) => {
        const stat = existing(from);
        if (stat.fileType === FileType.directory) throw new WasiError('perm');
        target('name', (to) => {
          const name = nameToCreate(to, false);
          refuseEscapingLink(from, stat, to);
          linkSync(from.folder.path(from.name), to.folder.path(name));
        });
      });
    },
  ),
  path_symlink: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, targetPointer, targetLength, fd, pointer, length) => {
      const target = readPath(memory, targetPointer, targetLength);
      const at = resolver(state, memory, fd, Right.pathSymlink, pointer, length);
      at('name', (place) => {
        const name = nameToCreate(place, false);
        if (linkEscapes(place.depth, target)) throw new WasiError('notcapable');
        symlinkSync(target, place.folder.path(name));
      });
    },
  ),
  path_readlink: wasiFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (state, { memory }, fd, pointer, length, buffer, bufferLength, result) => {
      const at = resolver(state, memory, fd, Right.pathReadlink, pointer, length);
      requireRange(memory, buffer, bufferLength);
      requireRange(memory, result, 4);
      const target = at('keep', (place) => {
        const isLink = existing(place).fileType === FileType.symbolicLink;
        if (!isLink || place.name === undefined) throw new WasiError('inval');
        return place.folder.readlink(place.name);
      });
      // Such a link was not made by a guest, and tells where things are on the host.
      if (path.isAbsolute(target)) throw new WasiError('notcapable');
      const bytes = Buffer.from(target).subarray(0, bufferLength >>> 0);
      memory.write(buffer, bytes);
      memory.writeU32(result, bytes.byteLength);
    },
  ),
};

type Resolver = <Result>(lastLink: LastLink, use: (place: Place) => Result) => Result;

function resolver(
  { descriptors }: WasiState,
  memory: GuestMemory,
  fd: number,
  right: bigint,
  pointer: number,
  length: number,
): Resolver {
  const directory = descriptors.directory(fd, right);
  const guestPath = readPath(memory, pointer, length);
  return (lastLink, use) => directory.at(guestPath, lastLink, use);
}

function lastLinkFor(lookup: number): LastLink {
  if ((lookup & ~symlinkFollow) !== 0) throw new WasiError('inval');
  return lookup === symlinkFollow ? 'follow' : 'keep';
}

/** Refuses to put a symbolic link where it would lead out, for other programs that use the folder; guests follow none that does. */
function refuseEscapingLink(from: Place, stat: FileStat, to: Place): void {
  if (stat.fileType !== FileType.symbolicLink || from.name === undefined) return;
  if (linkEscapes(to.depth, from.folder.readlink(from.name))) throw new WasiError('notcapable');
}
