import { describe, expect, test } from 'vitest';
import { expectThrows, thrownBy } from '../__fixtures__/expect-error.js';
import { HostFunctionResultError } from '../index.js';
import { AGAIN } from './__fixtures__/preview1.js';
import { sinkTaking, sourceOf } from './__fixtures__/text-endpoints.js';
import { resultAt, WasiGuest } from './__fixtures__/wasi-guest.js';

const mebibyte = 1 << 20;

describe('an object that gives stdin', () => {
  test('is asked for as much as the guest asks for, and once for each read', () => {
    const asked: [number, boolean][] = [];
    const source = sourceOf('some text');
    using guest = new WasiGuest({
      stdin: {
        read(bytes, wait) {
          asked.push([bytes.byteLength, wait]);
          return source.read(bytes, wait);
        },
      },
    });
    expect([guest.read(0, 4), guest.read(0), guest.read(0, 7)]).toEqual(['some', ' text', '']);
    expect(guest.call('fd_read', 0, guest.vectors([512, 0], [600, 3], [700, 4]), 3, resultAt)).toBe(0);
    const waits = [4, 1000, 7, 3].map((length) => [length, true]);
    expect(asked).toEqual(waits);
  });

  test('goes on where it is when a program begins', () => {
    using guest = new WasiGuest({ stdin: sourceOf('12345678') });
    expect(guest.read(0, 4)).toBe('1234');
    guest.wasi.during('next', undefined, () => expect(guest.read(0)).toBe('5678'));
  });

  test('is asked for 1 MiB at most', () => {
    const memory = new WebAssembly.Memory({ initial: 40 });
    let asked = 0;
    const read = (bytes: Uint8Array) => (asked = bytes.byteLength);
    using guest = new WasiGuest({ stdin: { read } }, { memory });
    expect(guest.call('fd_read', 0, guest.vectors([70_000, 2 * mebibyte]), 1, resultAt)).toBe(0);
    expect([asked, guest.result]).toEqual([mebibyte, mebibyte]);
  });

  test('may answer that there is nothing yet where the guest does not wait', () => {
    using guest = new WasiGuest({ stdin: { read: () => undefined } });
    expect(guest.call('fd_fdstat_set_flags', 0, 4)).toBe(0);
    expect(guest.read(0)).toBe(AGAIN);
    expect(guest.call('fd_fdstat_set_flags', 0, 0)).toBe(0);
    expectThrows(() => guest.read(0), HostFunctionResultError, 'ERR_HOST_FUNCTION_RESULT', /guest waits/);
  });

  test.each([
    [1001, /stdin\.read\(\).*from 0 to 1000, not 1001/],
    [-1, /not -1/],
    [0.5, /not 0\.5/],
    ['x', /from 0 to 1000, not/],
    [null, /from 0 to 1000, not null/],
    [Promise.resolve(1), /must be synchronous/],
  ])('may not answer %o', (answer, message) => {
    using guest = new WasiGuest({ stdin: { read: () => answer as number } });
    expectThrows(() => guest.read(0), HostFunctionResultError, 'ERR_HOST_FUNCTION_RESULT', message);
  });

  test('gets nothing of the guest’s memory, which may grow meanwhile', () => {
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 10 });
    const kept: Uint8Array[] = [];
    const read = (bytes: Uint8Array) => {
      kept.push(bytes);
      memory.grow(1);
      bytes.set(Buffer.from('text'));
      return 4;
    };
    using guest = new WasiGuest({ stdin: { read } }, { memory });
    expect([guest.read(0), guest.read(0)]).toEqual(['text', 'text']);
    expect(kept.every(({ buffer }) => buffer !== memory.buffer)).toBe(true);
  });

  test('may hand its bytes away without the guest getting others', () => {
    const read = (bytes: Uint8Array) => {
      structuredClone(bytes, { transfer: [bytes.buffer] });
      return 4;
    };
    using guest = new WasiGuest({ stdin: { read } });
    expect(thrownBy(() => guest.read(0))).toMatchObject({ code: 'ERR_HOST_FUNCTION_RESULT' });
  });
});

describe('an object that takes output', () => {
  test('gets what is written, by stream, and copies that it may keep', () => {
    const out = sinkTaking();
    const err = sinkTaking();
    using guest = new WasiGuest({ stdout: out, stderr: err });
    expect([guest.write(1, 'one,'), guest.write(2, 'error'), guest.write(1, 'two')]).toEqual([0, 0, 0]);
    expect([out.text(), err.text()]).toEqual(['one,two', 'error']);
    expect(out.pieces.every(({ byteLength, buffer }) => buffer.byteLength === byteLength)).toBe(true);
  });

  test('tells how much it takes', () => {
    const sink = sinkTaking(3);
    using guest = new WasiGuest({ stdout: sink });
    expect([guest.write(1, 'abcdef'), guest.result, sink.text()]).toEqual([0, 3, 'abc']);
  });

  test('ends the call with what it throws, whatever it took before', () => {
    const failure = new Error('mine');
    const sink = sinkTaking();
    const write = (bytes: Uint8Array) => {
      if (sink.pieces.length > 0) throw failure;
      return sink.write(bytes);
    };
    using guest = new WasiGuest({ stdout: { write } });
    const writeTwo = () => guest.call('fd_write', 1, guest.vectors([512, 2], [600, 3]), 2, resultAt);
    expect(thrownBy(writeTwo)).toBe(failure);
  });

  test('gets 1 MiB at most at once, and all of it in the end', () => {
    const sink = sinkTaking();
    using guest = new WasiGuest({ stdout: sink }, { memory: new WebAssembly.Memory({ initial: 60 }) });
    const length = 2 * mebibyte + 5;
    expect(guest.call('fd_write', 1, guest.vectors([70_000, length]), 1, resultAt)).toBe(0);
    expect(sink.pieces.map(({ byteLength }) => byteLength)).toEqual([mebibyte, mebibyte, 5]);
    expect(guest.result).toBe(length);
  });

  test('may answer that it takes none yet where the guest does not wait', () => {
    let room = true;
    const write = (bytes: Uint8Array) => (room ? bytes.byteLength : undefined);
    using guest = new WasiGuest({ stdout: { write } }, { memory: new WebAssembly.Memory({ initial: 60 }) });
    expect(guest.call('fd_fdstat_set_flags', 1, 4)).toBe(0);
    expect(guest.write(1, 'x')).toBe(0);
    room = false;
    expect(guest.write(1, 'x')).toBe(AGAIN);
    expect(guest.call('fd_fdstat_set_flags', 1, 0)).toBe(0);
    expectThrows(
      () => guest.write(1, 'x'),
      HostFunctionResultError,
      'ERR_HOST_FUNCTION_RESULT',
      /stdout\.write/,
    );
  });

  test('may take the first piece alone of a guest that does not wait', () => {
    let calls = 0;
    const write = (bytes: Uint8Array) => (calls++ === 0 ? bytes.byteLength : undefined);
    using guest = new WasiGuest({ stdout: { write } }, { memory: new WebAssembly.Memory({ initial: 60 }) });
    expect(guest.call('fd_fdstat_set_flags', 1, 4)).toBe(0);
    expect(guest.call('fd_write', 1, guest.vectors([70_000, 2 * mebibyte]), 1, resultAt)).toBe(0);
    expect([guest.result, calls]).toEqual([mebibyte, 2]);
  });

  test.each([2, -1, 'x', true])('may not answer %o for one byte', (answer) => {
    using guest = new WasiGuest({ stderr: { write: () => answer as number } });
    expectThrows(
      () => guest.write(2, 'x'),
      HostFunctionResultError,
      'ERR_HOST_FUNCTION_RESULT',
      /stderr\.write\(\).*from 0 to 1, not/,
    );
  });
});

describe('poll_oneoff', () => {
  /** Polls stdin (userdata 7) and a clock (8), and optionally stdout (9); tells what happened, and how many bytes there are. */
  function poll(guest: WasiGuest, milliseconds: number, beside = false): (string | number)[] {
    const { memory } = guest;
    memory.fill(512, 144, 0);
    memory.writeU64(512, 7n);
    memory.writeU8(520, 1);
    memory.writeU64(560, 8n);
    memory.writeU32(576, 1);
    memory.writeU64(584, BigInt(milliseconds) * 1_000_000n);
    memory.writeU64(608, 9n);
    memory.writeU8(616, 2);
    memory.writeU32(624, 1);
    expect(guest.call('poll_oneoff', 512, 1024, beside ? 3 : 2, resultAt)).toBe(0);
    return Array.from({ length: guest.result }, (_, index) => {
      const event = 1024 + 32 * index;
      return `${memory.readU64(event)}: ${memory.readU64(event + 16)}`;
    });
  }

  test('takes an object without `available` for ready', () => {
    using guest = new WasiGuest({ stdin: sourceOf('x') });
    expect(poll(guest, 60_000)).toEqual(['7: 1']);
  });

  test('waits in it, and tells how many bytes there are', () => {
    const asked: number[] = [];
    let answers: (number | undefined)[] = [5];
    const available = (waitMs: number) => {
      asked.push(waitMs);
      return answers.shift();
    };
    using guest = new WasiGuest({ stdin: { read: () => 0, available }, stdout: 'ignore' });
    expect(poll(guest, 60_000)).toEqual(['7: 5']);
    expect(asked[0]).toBeGreaterThan(59_000);
    expect(asked[0]).toBeLessThanOrEqual(60_000);
    answers = [0];
    expect(poll(guest, 60_000)).toEqual(['7: 0']);
    answers = [undefined, undefined, 3];
    expect(poll(guest, 60_000)).toEqual(['7: 3']);
    // Output that never waits: input is only looked at.
    asked.length = 0;
    expect(poll(guest, 60_000, true)).toEqual(['9: 1']);
    expect(asked).toEqual([0]);
  });

  test('ends by the clock where it answers nothing, and does not ask all the time', () => {
    let asked = 0;
    const available = () => void asked++;
    using guest = new WasiGuest({ stdin: { read: () => 0, available: available as () => undefined } });
    expect(poll(guest, 30)).toEqual(['8: 0']);
    expect(asked).toBeLessThan(40);
  });

  test.each([-1, 0.5, 'x'])('refuses %o', (answer) => {
    using guest = new WasiGuest({ stdin: { read: () => 0, available: () => answer as number } });
    expectThrows(
      () => poll(guest, 60_000),
      HostFunctionResultError,
      'ERR_HOST_FUNCTION_RESULT',
      /stdin\.available\(\).*from 0, not/,
    );
  });
});
