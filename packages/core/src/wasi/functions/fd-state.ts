import { timesToSet, writeFileStat } from '../file-stat.js';
import { requireRange, toEnd, toPosition } from '../guest-data.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import { RecordSize } from '../wasi-types.js';

const lastAdvice = 5;

/** What a descriptor is and may do, its size and times, and its end. */
export const fdStateFunctions = {
  fd_close: wasiFunction(['i32'], ({ descriptors }, _caller, fd) => descriptors.close(fd)),
  fd_renumber: wasiFunction(['i32', 'i32'], ({ descriptors }, _caller, from, to) =>
    descriptors.renumber(from, to),
  ),
  fd_fdstat_get: wasiFunction(['i32', 'i32'], ({ descriptors }, { memory }, fd, result) => {
    const { fileType, flags, rights, inheritingRights } = descriptors.get(fd);
    memory.fill(result, RecordSize.fdstat, 0);
    memory.writeU8(result, fileType);
    memory.writeU16((result >>> 0) + 2, flags);
    memory.writeU64((result >>> 0) + 8, rights);
    memory.writeU64((result >>> 0) + 16, inheritingRights);
  }),
  fd_fdstat_set_flags: wasiFunction(['i32', 'i32'], ({ descriptors }, _caller, fd, flags) =>
    descriptors.get(fd, Right.fdFdstatSetFlags).setFlags(flags),
  ),
  fd_fdstat_set_rights: wasiFunction(
    ['i32', 'i64', 'i64'],
    ({ descriptors }, _caller, fd, base, inheriting) => {
      const descriptor = descriptors.get(fd);
      const rights = BigInt.asUintN(64, base);
      const inheritingRights = BigInt.asUintN(64, inheriting);
      const added = (rights & ~descriptor.rights) | (inheritingRights & ~descriptor.inheritingRights);
      if (added !== 0n) throw new WasiError('notcapable');
      descriptor.rights = rights;
      descriptor.inheritingRights = inheritingRights;
    },
  ),
  fd_filestat_get: wasiFunction(['i32', 'i32'], ({ descriptors }, { memory }, fd, result) => {
    const descriptor = descriptors.get(fd, Right.fdFilestatGet);
    requireRange(memory, result, RecordSize.filestat);
    writeFileStat(memory, result, descriptor.stat());
  }),
  fd_filestat_set_size: wasiFunction(['i32', 'i64'], ({ descriptors }, _caller, fd, size) =>
    descriptors.get(fd, Right.fdFilestatSetSize).setSize(toPosition(size)),
  ),
  fd_filestat_set_times: wasiFunction(
    ['i32', 'i64', 'i64', 'i32'],
    ({ descriptors }, _caller, fd, atime, mtime, flags) => {
      const descriptor = descriptors.get(fd, Right.fdFilestatSetTimes);
      descriptor.setTimes(timesToSet(atime, mtime, flags));
    },
  ),
  fd_sync: wasiFunction(['i32'], ({ descriptors }, _caller, fd) =>
    descriptors.get(fd, Right.fdSync).sync(false),
  ),
  fd_datasync: wasiFunction(['i32'], ({ descriptors }, _caller, fd) =>
    descriptors.get(fd, Right.fdDatasync).sync(true),
  ),
  // Advice changes no result, so none is passed on to the host.
  fd_advise: wasiFunction(
    ['i32', 'i64', 'i64', 'i32'],
    ({ descriptors }, _caller, fd, _offset, _length, advice) => {
      descriptors.get(fd, Right.fdAdvise);
      if (advice >>> 0 > lastAdvice) throw new WasiError('inval');
    },
  ),
  // Node.js cannot reserve room on a disk; the file gets the size that the reservation would give it.
  fd_allocate: wasiFunction(['i32', 'i64', 'i64'], ({ descriptors }, _caller, fd, offset, length) => {
    const descriptor = descriptors.get(fd, Right.fdAllocate);
    if (length === 0n) throw new WasiError('inval');
    descriptor.allocate(toEnd(offset, length));
  }),
};
