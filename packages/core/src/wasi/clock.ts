import { type CpuClock, libc } from '../native/libc.js';
import { ElapsedTime } from './elapsed-time.js';
import { Realtime } from './realtime.js';
import { TimeWords } from './time-words.js';
import { WasiError } from './wasi-error.js';
import { ClockId } from './wasi-types.js';

interface Clock {
  /** Nanoseconds. */
  readonly resolution: bigint;
  /** Nanoseconds since the clock's beginning, as words that the next look changes. */
  look(): TimeWords;
}

const cpuWords = new TimeWords(0n);

function cpuClock(which: CpuClock): Clock {
  return {
    get resolution() {
      return libc()?.cpuResolution(which) ?? 1_000n;
    },
    look() {
      cpuWords.countFrom(cpuTime(which));
      cpuWords.set(0);
      return cpuWords;
    },
  };
}

function cpuTime(which: CpuClock): bigint {
  const time = libc()?.cpuTime(which);
  if (time !== undefined) return time;
  // Of the process, which for a thread is the nearest that every Node.js tells.
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1_000n;
}

/** The time of the day. */
export const realtime = new Realtime();
const elapsed = new ElapsedTime();
const monotonicWords = new TimeWords(elapsed.start);

const clocks: Readonly<Record<number, Clock>> = {
  [ClockId.realtime]: { resolution: 1n, look: () => realtime.look() },
  [ClockId.monotonic]: {
    resolution: 1n,
    look() {
      monotonicWords.set(elapsed.now());
      return monotonicWords;
    },
  },
  [ClockId.processCpu]: cpuClock('process'),
  [ClockId.threadCpu]: cpuClock('thread'),
};

/** A clock of WASI by its number. */
export function clock(id: number): Clock {
  const found = clocks[id];
  if (found === undefined) throw new WasiError('inval');
  return found;
}
