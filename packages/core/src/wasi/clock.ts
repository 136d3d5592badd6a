import { WasiError } from './wasi-error.js';
import { ClockId } from './wasi-types.js';

interface Clock {
  /** Nanoseconds. */
  readonly resolution: bigint;
  /** Nanoseconds since the clock's beginning. */
  now(): bigint;
}

const cpuClock: Clock = {
  resolution: 1_000n,
  now() {
    const { user, system } = process.cpuUsage();
    return BigInt(user + system) * 1_000n;
  },
};

const clocks: Readonly<Record<number, Clock>> = {
  [ClockId.realtime]: { resolution: 1_000_000n, now: () => BigInt(Date.now()) * 1_000_000n },
  [ClockId.monotonic]: { resolution: 1n, now: () => process.hrtime.bigint() },
  [ClockId.processCpu]: cpuClock,
  // Node.js 20 does not tell a thread's time; the process's is the nearest.
  [ClockId.threadCpu]: cpuClock,
};

/** A clock of WASI by its number. */
export function clock(id: number): Clock {
  const found = clocks[id];
  if (found === undefined) throw new WasiError('inval');
  return found;
}
