import type { GuestMemory } from '../memory/guest-memory.js';
import type { FileStat, FileTimes } from './descriptors/descriptor.js';
import { WasiError } from './wasi-error.js';
import { RecordSize, TimeFlags } from './wasi-types.js';

/** Writes a `filestat` record. */
export function writeFileStat(memory: GuestMemory, pointer: number, stat: FileStat): void {
  const start = pointer >>> 0;
  memory.fill(start, RecordSize.filestat, 0);
  memory.writeU64(start, stat.dev);
  memory.writeU64(start + 8, stat.ino);
  memory.writeU8(start + 16, stat.fileType);
  memory.writeU64(start + 24, stat.nlink);
  memory.writeU64(start + 32, stat.size);
  memory.writeU64(start + 40, stat.atimeNs);
  memory.writeU64(start + 48, stat.mtimeNs);
  memory.writeU64(start + 56, stat.ctimeNs);
}

/**
 * Times that a guest asks to set. Node.js takes seconds as a floating-point number, so times of our days are kept to about a quarter of a
 * microsecond.
 */
export function timesToSet(atime: bigint, mtime: bigint, flags: number): FileTimes {
  if ((flags & ~TimeFlags.all) !== 0) throw new WasiError('inval');
  return {
    atime: timeToSet(atime, flags, TimeFlags.atime, TimeFlags.atimeNow),
    mtime: timeToSet(mtime, flags, TimeFlags.mtime, TimeFlags.mtimeNow),
  };
}

function timeToSet(nanoseconds: bigint, flags: number, given: number, now: number): number | undefined {
  const isGiven = (flags & given) !== 0;
  if ((flags & now) !== 0) {
    if (isGiven) throw new WasiError('inval');
    return Date.now() / 1000;
  }
  return isGiven ? Number(BigInt.asUintN(64, nanoseconds)) / 1e9 : undefined;
}
