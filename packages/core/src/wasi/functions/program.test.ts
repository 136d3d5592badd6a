import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import { BADF, FAULT, INVAL, NOTCAPABLE, NOTSUP, O_CREAT } from '../__fixtures__/preview1.js';
import { resultAt, WasiGuest } from '../__fixtures__/wasi-guest.js';

// Layouts and numbers: wasi_snapshot_preview1 (WebAssembly/WASI, legacy/preview1/docs.md).

function strings(guest: WasiGuest, name: 'args' | 'environ'): string[] {
  expect(guest.call(`${name}_sizes_get`, 512, 516)).toBe(0);
  const [count, size] = [guest.memory.readU32(512), guest.memory.readU32(516)];
  expect(guest.call(`${name}_get`, 600, 1000)).toBe(0);
  const texts = guest.memory.readString(1000, size).split('\0');
  expect(texts.pop()).toBe('');
  const starts = texts.map((_, index) => guest.memory.readU32(600 + 4 * index));
  const ends = texts.map((text) => Buffer.byteLength(text) + 1);
  expect(starts).toEqual(ends.map((_, index) => 1000 + ends.slice(0, index).reduce((a, b) => a + b, 0)));
  expect(texts).toHaveLength(count);
  return texts;
}

describe('arguments and environment', () => {
  test('are passed as they were given, the program first', () => {
    using guest = new WasiGuest({ args: ['--x', '', 'grün'], env: { A: '1', EMPTY: '', B: 'a=b' } });
    expect(strings(guest, 'args')).toEqual(['guest', '--x', '', 'grün']);
    expect(strings(guest, 'environ')).toEqual(['A=1', 'EMPTY=', 'B=a=b']);
    guest.wasi.begin('other.wasm');
    expect(strings(guest, 'args')).toEqual(['other.wasm', '--x', '', 'grün']);
  });

  test('are empty unless given, and nothing of the host is added', () => {
    using guest = new WasiGuest();
    expect(strings(guest, 'args')).toEqual(['guest']);
    expect(strings(guest, 'environ')).toEqual([]);
  });

  test('are written only when both ranges fit', () => {
    using guest = new WasiGuest({ args: ['x'.repeat(100)] });
    expect(guest.call('args_get', 512, 131072 - 50)).toBe(FAULT);
    expect(guest.call('args_get', 131070, 512)).toBe(FAULT);
    expect(guest.memory.readU32(512)).toBe(0);
  });
});

describe('clocks', () => {
  const time = (guest: WasiGuest, id: number) => {
    expect(guest.call('clock_time_get', id, 1n, resultAt)).toBe(0);
    return guest.memory.readU64(resultAt);
  };

  test('realtime is that of the host, in nanoseconds', () => {
    using guest = new WasiGuest();
    expect(Math.abs(Number(time(guest, 0)) / 1e6 - Date.now())).toBeLessThan(1000);
  });

  test('monotonic and processor time never go back, and all have a resolution', () => {
    using guest = new WasiGuest();
    for (const id of [1, 2, 3]) {
      const before = time(guest, id);
      for (let index = 0; index < 1e5; index += 1) Math.sqrt(index);
      expect(time(guest, id) >= before).toBe(true);
      expect(guest.call('clock_res_get', id, resultAt)).toBe(0);
      expect(guest.memory.readU64(resultAt)).toBeGreaterThan(0n);
    }
  });

  test('others do not exist', () => {
    using guest = new WasiGuest();
    expect(guest.call('clock_time_get', 4, 0n, resultAt)).toBe(INVAL);
    expect(guest.call('clock_res_get', -1, resultAt)).toBe(INVAL);
  });
});

describe('poll_oneoff', () => {
  // Of `rights` and of `fdflags`.
  const [POLL, NONBLOCK] = [1n << 27n, 4];
  const [input, output] = [2048, 4096];

  function subscribe(guest: WasiGuest, index: number, type: number, id: number, timeout = 0n, flags = 0) {
    const at = input + 48 * index;
    guest.memory.fill(at, 48, 0);
    guest.memory.writeU64(at, BigInt(100 + index));
    guest.memory.writeU8(at + 8, type);
    guest.memory.writeU32(at + 16, id);
    guest.memory.writeU64(at + 24, timeout);
    guest.memory.writeU16(at + 40, flags);
  }

  function poll(guest: WasiGuest, count: number) {
    const start = performance.now();
    expect(guest.call('poll_oneoff', input, output, count, resultAt)).toBe(0);
    const took = performance.now() - start;
    const events = Array.from({ length: guest.result }, (_, index) => {
      const at = output + 32 * index;
      return [Number(guest.memory.readU64(at)), guest.memory.readU16(at + 8), guest.memory.readU8(at + 10)];
    });
    return { took, events };
  }

  test('sleeps until the first clock and tells only that one', () => {
    using guest = new WasiGuest();
    subscribe(guest, 0, 0, 1, 10_000_000_000n);
    subscribe(guest, 1, 0, 1, 50_000_000n);
    const { took, events } = poll(guest, 2);
    expect(took).toBeGreaterThanOrEqual(49);
    expect(took).toBeLessThan(5000);
    expect(events).toEqual([[101, 0, 0]]);
  });

  test('an absolute time is one of that clock, and one that is over does not wait', () => {
    using guest = new WasiGuest();
    subscribe(guest, 0, 0, 0, BigInt(Date.now() + 60) * 1_000_000n, 1);
    expect(poll(guest, 1).took).toBeGreaterThanOrEqual(40);
    subscribe(guest, 0, 0, 1, 1n, 1);
    expect(poll(guest, 1).took).toBeLessThan(1000);
  });

  test('descriptors are ready at once, and each answer has its own error', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    subscribe(guest, 0, 0, 1, 60_000_000_000n);
    subscribe(guest, 1, 2, 1);
    subscribe(guest, 2, 1, 1);
    subscribe(guest, 3, 1, 99);
    subscribe(guest, 4, 0, 2, 5n);
    subscribe(guest, 5, 7, 0);
    const { took, events } = poll(guest, 6);
    expect(took).toBeLessThan(5000);
    expect(events).toEqual([
      [101, 0, 2],
      [102, 0, 1],
      [103, BADF, 1],
      [104, NOTSUP, 0],
      [105, INVAL, 7],
    ]);
  });

  test('tells how much a file has left, and asks for the right to wait', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    const file = guest.open('file', { flags: O_CREAT });
    guest.write(file, 'hello');
    guest.call('fd_seek', file, 2n, 0, resultAt);
    subscribe(guest, 0, 1, file);
    subscribe(guest, 1, 1, guest.open('file', { rights: 2n }));
    expect(poll(guest, 2).events).toEqual([
      [100, 0, 1],
      [101, NOTCAPABLE, 1],
    ]);
    expect(guest.memory.readU64(output + 16)).toBe(3n);
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe is waited for until something is written (POSIX, poll)',
    () => {
      const { guest, folder } = guestWithFolder();
      using _guest = guest;
      spawnSync('mkfifo', [path.join(folder, 'pipe')]);
      const reader = guest.open('pipe', { rights: 2n | POLL, fdFlags: NONBLOCK });
      const writer = guest.open('pipe', { rights: 64n | POLL, fdFlags: NONBLOCK });
      subscribe(guest, 0, 1, reader);
      subscribe(guest, 1, 0, 1, 20_000_000n);
      const { took, events } = poll(guest, 2);
      expect(took).toBeGreaterThanOrEqual(19);
      expect(events).toEqual([[101, 0, 0]]);
      subscribe(guest, 2, 2, writer);
      subscribe(guest, 1, 0, 1, 60_000_000_000n);
      expect(poll(guest, 3).events).toEqual([[102, 0, 2]]);
      guest.write(writer, 'x');
      expect(poll(guest, 2).events).toEqual([[100, 0, 1]]);
      // As many as a guest may ask for, of one that is not ready any more.
      guest.read(reader);
      const many = 4095;
      guest.memory.grow(8);
      const at = 131_072;
      for (let index = 0; index < many; index += 1) {
        guest.memory.write(at + 48 * index, guest.memory.read(input, 48));
      }
      subscribe(guest, 1, 0, 1, 1_000_000n);
      guest.memory.write(at + 48 * many, guest.memory.read(input + 48, 48));
      expect(guest.call('poll_oneoff', at, at + 48 * (many + 1), many + 1, resultAt)).toBe(0);
      expect(guest.result).toBe(1);
    },
  );

  test('events may be written over the subscriptions', () => {
    using guest = new WasiGuest();
    for (const index of [0, 1, 2]) subscribe(guest, index, 0, 1);
    expect(guest.call('poll_oneoff', input, input + 40, 3, resultAt)).toBe(0);
    const told = [0, 1, 2].map((index) => Number(guest.memory.readU64(input + 40 + 32 * index)));
    expect(told).toEqual([100, 101, 102]);
  });

  test('no time is too long for a clock (64 bits)', () => {
    using guest = new WasiGuest();
    const longest = 2n ** 64n - 1n;
    for (const [id, flags] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      subscribe(guest, 0, 0, id, longest, flags);
      subscribe(guest, 1, 0, 1, 1_000_000n);
      subscribe(guest, 2, 0, id, 2n ** 63n, flags);
      expect(poll(guest, 3).events).toEqual([[101, 0, 0]]);
    }
  });

  test('nothing and too much are refused', () => {
    using guest = new WasiGuest();
    expect(guest.call('poll_oneoff', input, output, 0, resultAt)).toBe(INVAL);
    expect(guest.call('poll_oneoff', input, output, 5000, resultAt)).toBe(INVAL);
    expect(guest.call('poll_oneoff', input, 131072 - 16, 1, resultAt)).toBe(FAULT);
  });
});

test('random_get fills exactly its range', () => {
  using guest = new WasiGuest();
  expect(guest.call('random_get', 1000, 64)).toBe(0);
  expect(new Set(guest.memory.read(1000, 64)).size).toBeGreaterThan(20);
  expect([guest.memory.readU64(992), guest.memory.readU64(1064)]).toEqual([0n, 0n]);
  expect(guest.call('random_get', 131072, 0)).toBe(0);
});

test('proc_raise sends the host no signal, sched_yield succeeds', () => {
  using guest = new WasiGuest();
  // signal: none 0, term 15; 31 does not exist.
  expect([0, 15, 31].map((signal) => guest.call('proc_raise', signal))).toEqual([0, NOTSUP, INVAL]);
  expect(guest.call('sched_yield')).toBe(0);
});

test('a shared memory works as well', () => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true });
  using guest = new WasiGuest({ stdin: 'from host', stdout: 'capture' }, { memory });
  expect(guest.read(0)).toBe('from host');
  expect(guest.write(1, 'from guest')).toBe(0);
  expect(guest.call('random_get', 0, 100)).toBe(0);
  expect(Buffer.from(guest.wasi.stdout).toString()).toBe('from guest');
});
