import { constants, readdirSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { bindAt, type LibcAt } from './libc-at.js';
import { bindProcess, type LibcProcess } from './libc-process.js';
import { type Koffi, requireKoffi } from './require-koffi.js';

/** A time to set, in nanoseconds since 1970; `'now'` for the present, `undefined` to leave it as it is. */
export type TimeToSet = bigint | 'now' | undefined;

/** What is asked of a descriptor of the host, and what is answered. */
export interface Readiness {
  readonly fd: number;
  /** Whether it is asked for reading; for writing otherwise. */
  readonly reads: boolean;
  /** Set by {@link Libc.poll}: a read or write would not wait, though it may fail. */
  ready: boolean;
  /** Set by {@link Libc.poll}: the other side is gone, and there is nothing to read. */
  hungUp: boolean;
}

/** Clocks of the processor's time. */
export type CpuClock = 'process' | 'thread';

/** Functions of the C library that Node.js has none for. What the system refuses is thrown as Node.js does: an error with a `code`. */
export interface Libc {
  /** Sets the status flags of an open file, those of `O_APPEND` and `O_NONBLOCK` (`fcntl`, `F_SETFL`). */
  setStatusFlags(fd: number, flags: number): void;
  /** Sets the times of an open file to the nanosecond (`futimens`). */
  setTimes(fd: number, atime: TimeToSet, mtime: TimeToSet): void;
  /** Sets the times of what is at a path to the nanosecond (`utimensat`); a symbolic link in its last part is followed only if told so. */
  setTimesAt(path: string, followLast: boolean, atime: TimeToSet, mtime: TimeToSet): void;
  /** Has every descriptor from 3 on closed in programs that are started (`close_range`, or `fcntl` with `FD_CLOEXEC` for each). */
  closeOnExec(): void;
  /** Waits until one of the descriptors is ready, or for so many whole milliseconds; a signal ends the wait too (`poll`). */
  poll(descriptors: readonly Readiness[], milliseconds: number): void;
  /** Locks an open file for this opening of it alone, until it is closed; not if another opening has it, in any process (`flock`). */
  tryLock(fd: number): boolean;
  /** The time that the processor spent, in nanoseconds (`clock_gettime`). */
  cpuTime(clock: CpuClock): bigint;
  /** The smallest step of that clock, in nanoseconds (`clock_getres`). */
  cpuResolution(clock: CpuClock): bigint;
  /** Functions on a name in an open folder. On Linux only. */
  readonly at: LibcAt | undefined;
  /** Functions by which a process bounds itself. On Linux only. */
  readonly process: LibcProcess | undefined;
}

// <fcntl.h>, <sys/stat.h> and <time.h> of Linux (the same for all its machines and C libraries) and of macOS.
const numbers = {
  linux: {
    setFlags: 4,
    setCloseOnExec: 2,
    here: -100,
    noFollow: 0x100,
    now: 0x3fffffffn,
    omit: 0x3ffffffen,
    process: 2,
    thread: 3,
  },
  darwin: {
    setFlags: 4,
    setCloseOnExec: 2,
    here: -2,
    noFollow: 0x20,
    now: -1n,
    omit: -2n,
    process: 12,
    thread: 16,
  },
} as const;

/** `CLOSE_RANGE_CLOEXEC`. */
const closeRangeOnExec = 4;

// <sys/file.h> of both.
const lockExclusive = 2;
const lockWithoutWaiting = 4;

// <poll.h> of both.
const pollEvents = { in: 1, out: 4, hangUp: 16 } as const;
const pollRecordSize = 8;

let opened: { readonly libc: Libc | undefined } | undefined;

/** The C library, opened at the first call; `undefined` where it or koffi cannot be had, so that callers need another way. */
export function libc(): Libc | undefined {
  opened ??= { libc: open() };
  return opened.libc;
}

// As long as this many calls take without the C library, loading it takes as well.
const callsUntilItPays = 1000;
let callsWithout = 0;

/**
 * The C library for what Node.js can do as well but slower: it is opened when that was wanted so often in this thread that opening it would
 * have cost no more.
 */
export function libcWhenItPays(): Libc | undefined {
  if (opened !== undefined) return opened.libc;
  callsWithout += 1;
  return callsWithout > callsUntilItPays ? libc() : undefined;
}

function open(): Libc | undefined {
  const { platform } = process;
  if ((platform !== 'linux' && platform !== 'darwin') || !isSixtyFourBit()) return undefined;
  try {
    return bind(requireKoffi(), numbers[platform]);
  } catch {
    return undefined;
  }
}

/** Whether `timespec` is two 64-bit numbers in this order of bytes. */
function isSixtyFourBit(): boolean {
  return (
    new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 &&
    !['arm', 'ia32', 'mips', 'mipsel'].includes(process.arch)
  );
}

function bind(koffi: Koffi, number: (typeof numbers)[keyof typeof numbers]): Libc {
  const library = koffi.load(null);
  const fcntl = library.func('int fcntl(int, int, ...)');
  const futimens = library.func('futimens', 'int', ['int', 'const void *']);
  const utimensat = library.func('utimensat', 'int', ['int', 'str', 'const void *', 'int']);
  const closeRange = closeRangeOf(library);
  const poll = library.func('poll', 'int', ['void *', 'unsigned long', 'int']);
  const flock = library.func('flock', 'int', ['int', 'int']);
  const clockGetTime = library.func('clock_gettime', 'int', ['int', 'void *']);
  const clockGetResolution = library.func('clock_getres', 'int', ['int', 'void *']);
  const errorCode = () => getSystemErrorName(-koffi.errno());
  const check = (result: number): number => {
    if (result >= 0) return result;
    const code = errorCode();
    throw Object.assign(new Error(`The C library returned ${code}.`), { code });
  };
  const timespec = (time: TimeToSet): [bigint, bigint] => {
    if (time === undefined) return [0n, number.omit];
    return time === 'now' ? [0n, number.now] : [time / 1_000_000_000n, time % 1_000_000_000n];
  };
  const timespecs = (atime: TimeToSet, mtime: TimeToSet) =>
    new BigInt64Array([...timespec(atime), ...timespec(mtime)]);
  const timeFrom = (call: typeof clockGetTime, clock: CpuClock): bigint => {
    const found = new BigInt64Array(2);
    check(call(number[clock], found));
    return (found[0] ?? 0n) * 1_000_000_000n + (found[1] ?? 0n);
  };
  return {
    setStatusFlags: (fd, flags) => {
      check(fcntl(fd, number.setFlags, 'int', flags & (constants.O_APPEND | constants.O_NONBLOCK)));
    },
    setTimes: (fd, atime, mtime) => {
      check(futimens(fd, timespecs(atime, mtime)));
    },
    setTimesAt: (path, followLast, atime, mtime) => {
      const flags = followLast ? 0 : number.noFollow;
      check(utimensat(number.here, path, timespecs(atime, mtime), flags));
    },
    closeOnExec: () => {
      if (closeRange?.(3, 0xffff_ffff, closeRangeOnExec) === 0) return;
      // One that has been closed meanwhile, as that of the list itself, is refused, which does no harm.
      for (const name of readdirSync('/dev/fd')) {
        if (Number(name) > 2) fcntl(Number(name), number.setCloseOnExec, 'int', 1);
      }
    },
    poll(descriptors, milliseconds) {
      const records = new DataView(new ArrayBuffer(descriptors.length * pollRecordSize));
      descriptors.forEach(({ fd, reads }, index) => {
        records.setInt32(index * pollRecordSize, fd, true);
        records.setInt16(index * pollRecordSize + 4, reads ? pollEvents.in : pollEvents.out, true);
      });
      const failed = poll(records, descriptors.length, milliseconds) < 0 && errorCode() !== 'EINTR';
      descriptors.forEach((each, index) => {
        const events = records.getInt16(index * pollRecordSize + 6, true);
        // Where the system does not tell, the read or write will.
        each.ready = failed || events !== 0;
        each.hungUp = (events & pollEvents.hangUp) !== 0 && (events & pollEvents.in) === 0;
      });
    },
    tryLock(fd) {
      if (flock(fd, lockExclusive | lockWithoutWaiting) === 0) return true;
      const code = errorCode();
      if (code === 'EAGAIN' || code === 'EWOULDBLOCK') return false;
      throw Object.assign(new Error(`The C library returned ${code}.`), { code });
    },
    cpuTime: (clock) => timeFrom(clockGetTime, clock),
    cpuResolution: (clock) => timeFrom(clockGetResolution, clock),
    at: bindAt(library, check, errorCode),
    process: bindProcess(koffi, library, check),
  };
}

/** Linux has it from 5.9 on, with this flag from 5.11 on; C libraries came later, and macOS has none. */
function closeRangeOf(library: ReturnType<Koffi['load']>) {
  try {
    return library.func('int close_range(unsigned int, unsigned int, int)');
  } catch {
    return undefined;
  }
}
