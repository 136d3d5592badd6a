import type { GuestMemory } from '../memory/guest-memory.js';
import type { TimeToSet } from '../native/libc.js';
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

/** Times that a guest asks to set. */
export function timesToSet(atime: bigint, mtime: bigint, flags: number): FileTimes {
  if ((flags & ~TimeFlags.all) !== 0) throw new WasiError('inval');
  return {
    atime: timeToSet(atime, flags, TimeFlags.atime, TimeFlags.atimeNow),
    mtime: timeToSet(mtime, flags, TimeFlags.mtime, TimeFlags.mtimeNow),
  };
}

function timeToSet(nanoseconds: bigint, flags: number, given: number, now: number): TimeToSet {
  const isGiven = (flags & given) !== 0;
  if ((flags & now) !== 0) {
    if (isGiven) throw new WasiError('inval');
    return 'now';
  }
  return isGiven ? BigInt.asUintN(64, nanoseconds) : undefined;
}

/** A time as Node.js takes it, to the nearest microsecond. Node.js 20 cuts off what is behind, and the nearest number may lie a little below. */
export function secondsOf(time: bigint | 'now'): number {
  if (time === 'now') return Date.now() / 1000;
  const microseconds = Number((time + 500n) / 1000n);
  const seconds = microseconds / 1e6;
  return Math.floor(seconds * 1e6) < microseconds ? (microseconds + 0.25) / 1e6 : seconds;
}
