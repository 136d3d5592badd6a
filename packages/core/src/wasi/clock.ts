import { type CpuClock, libc } from '../native/libc.js';
import { Realtime } from './realtime.js';
import { WasiError } from './wasi-error.js';
import { ClockId } from './wasi-types.js';

interface Clock {
  /** Nanoseconds. */
  readonly resolution: bigint;
  /** Nanoseconds since the clock's beginning. */
  now(): bigint;
}

const realtime = new Realtime();

function cpuClock(which: CpuClock): Clock {
  return {
    get resolution() {
      return libc()?.cpuResolution(which) ?? 1_000n;
    },
    now() {
      const time = libc()?.cpuTime(which);
      if (time !== undefined) return time;
      // Of the process, which for a thread is the nearest that every Node.js tells.
      const { user, system } = process.cpuUsage();
      return BigInt(user + system) * 1_000n;
    },
  };
}

const clocks: Readonly<Record<number, Clock>> = {
  [ClockId.realtime]: { resolution: 1n, now: () => realtime.now() },
  [ClockId.monotonic]: { resolution: 1n, now: () => process.hrtime.bigint() },
  [ClockId.processCpu]: cpuClock('process'),
  [ClockId.threadCpu]: cpuClock('thread'),
};

/** A clock of WASI by its number. */
export function clock(id: number): Clock {
  const found = clocks[id];
  if (found === undefined) throw new WasiError('inval');
  return found;
}
