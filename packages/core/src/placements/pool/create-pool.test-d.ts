import { describe, expectTypeOf, it } from 'vitest';
import {
  createPool,
  type MemberTask,
  type PlacedGuestResult,
  type Pool,
  type PoolRunResult,
  signature,
} from '../../index.js';

const exports = { add: signature(['i32', 'i32'], ['i32']), stop: signature([], []) };
declare const task: MemberTask<[pixels: Float32Array, name: string], { readonly label: string }>;

describe('createPool', () => {
  const pool = createPool({ guest: 'guest.wasm', exports, size: 2 });

  it('types calls by the signatures that are declared, and gives promises', () => {
    expectTypeOf(pool.call('add', [1, 2])).toEqualTypeOf<Promise<number>>();
    expectTypeOf(pool.call('stop', [])).toEqualTypeOf<Promise<void>>();
    // @ts-expect-error a promise is not its value
    pool.call('add', [1, 2]) + 1;
    // @ts-expect-error a promise is not its value
    const sum: number = pool.call('add', [1, 2]);
    expectTypeOf(sum);
    // @ts-expect-error an i32 is a number
    void pool.call('add', ['1', 2]);
    // @ts-expect-error an argument is missing
    void pool.call('add', [1]);
    // @ts-expect-error it was not declared
    void pool.call('other', []);
  });

  it('takes any export where none was declared', () => {
    const untyped = createPool();
    expectTypeOf(untyped).toEqualTypeOf<Pool>();
    expectTypeOf(untyped.call('any', [1, 2n])).resolves.toEqualTypeOf<PlacedGuestResult>();
    // @ts-expect-error guests take numbers
    void untyped.call('any', ['text']);
  });

  it('gives what a command has left when it is awaited', () => {
    expectTypeOf(pool.run()).toEqualTypeOf<Promise<PoolRunResult>>();
    // @ts-expect-error a promise is not its value
    pool.run().exitCode;
  });

  it('types tasks by what their functions take and give', () => {
    const done = pool.perform(task, [new Float32Array(1), 'name'], { idempotent: true });
    expectTypeOf(done).resolves.toEqualTypeOf<{ readonly label: string }>();
    // @ts-expect-error an argument is missing
    void pool.perform(task, [new Float32Array(1)]);
    expectTypeOf(pool.prepare(task, [new Float32Array(1), 'name']))
      .resolves.toHaveProperty('result')
      .toEqualTypeOf<{ readonly label: string }>();
  });

  it('leases instances with the exports that are declared', async () => {
    await using lease = await pool.acquire();
    expectTypeOf(lease.exports.add).toEqualTypeOf<(...args: [number, number]) => Promise<number>>();
    expectTypeOf(lease.readMemory(0, 1)).toEqualTypeOf<Promise<Uint8Array<ArrayBuffer>>>();
    // @ts-expect-error a promise is not its value
    lease.exports.add(1, 2) + 1;
    // @ts-expect-error a lease that is not awaited has no exports
    pool.acquire().exports;
    // @ts-expect-error it is given back asynchronously
    using _given = lease;
    // @ts-expect-error a pool is disposed of asynchronously
    using _pool = pool;
  });

  it('refuses options that are misspelt, or of something else', () => {
    // @ts-expect-error it is called size
    createPool({ sizes: 2 });
    // @ts-expect-error there is one runtime in the calling thread
    createPool({ placement: 'inline' });
    // @ts-expect-error it is called timeoutMs
    void pool.call('add', [1, 2], { timeout: 5 });
    // @ts-expect-error a lease is not made again
    void pool.acquire({ idempotent: true });
    // @ts-expect-error it is called maxWaitMs
    void pool.run({ maxWait: 5 });
    // @ts-expect-error what waits for room has no time limit but a signal
    void pool.room({ timeoutMs: 5 });
  });
});
