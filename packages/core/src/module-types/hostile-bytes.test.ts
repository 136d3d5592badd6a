import { describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { InvalidGuestError, MemoryLimitError } from '../errors/guest-errors.js';
import { bound, checkNesting } from './__fixtures__/bounds.js';
import { richModule } from './__fixtures__/modules.js';
import { readModuleTypes } from './module-types.js';

/** Reads the bytes; anything thrown but `InvalidGuestError` and `MemoryLimitError` fails the test. Returns whether they were read. */
function survives(bytes: Uint8Array, what: string): boolean {
  let read = true;
  for (const run of [readModuleTypes, checkNesting, (input: Uint8Array) => bound(input, 65536)]) {
    try {
      run(bytes);
    } catch (error) {
      if (!InvalidGuestError.isInstance(error) && !MemoryLimitError.isInstance(error))
        throw new Error(`${what} gave another error`, { cause: error });
      read = false;
    }
  }
  return read;
}

/** Mulberry32, so that a failure can be repeated from its seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe('hostile bytes', () => {
  const bytes = wat(richModule);

  it('truncated anywhere give InvalidGuestError or a shorter module', () => {
    const ends = Array.from(bytes.keys()).filter((end) =>
      survives(bytes.subarray(0, end), `the length ${end}`),
    );
    // A cut between two sections leaves whole sections: the header alone, and after each of the eleven sections but the last.
    expect(ends.length).toBeLessThanOrEqual(11);
    expect(ends[0]).toBe(8);
  });

  it('changed at random give InvalidGuestError or a module', () => {
    const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
    const random = randomNumbers(seed);
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      const changed = Uint8Array.from(bytes);
      for (let count = 1 + random(4); count > 0; count--) changed[random(changed.length)] = random(256);
      if (!survives(changed, `round ${round} of FUZZ_SEED=${seed}`)) refused++;
    }
    expect(refused, `FUZZ_SEED=${seed}`).toBeGreaterThan(1000);
  });

  it('are read in the same way wherever they lie in a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 20).fill(0xff);
    larger.set(bytes, 10);
    expect(readModuleTypes(larger.subarray(10, 10 + bytes.length))).toEqual(readModuleTypes(bytes));
  });
});

// "The maximum size of a module is 1,073,741,824 bytes" (WebAssembly JavaScript Interface, "Limits").
it('a module of more than 1 GiB is refused without being read', () => {
  const bytes = new Uint8Array(2 ** 30 + 1);
  bytes.set([0, 0x61, 0x73, 0x6d, 1]);
  expect(() => readModuleTypes(bytes)).toThrow('a module has at most 1073741824');
});

it('a module of 10 MB is read without looking at its data', () => {
  const size = 10_000_000;
  const module = wat(
    `(module (memory 160) (export "memory" (memory 0)) (data (i32.const 0) "${'x'.repeat(size)}"))`,
  );
  const start = performance.now();
  expect(readModuleTypes(module).exports).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(100);
});
