import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wat } from '../../__fixtures__/wat.js';
import {
  createPool,
  GuestCrashError,
  GuestTimeoutError,
  type MemberTask,
  MemoryLimitError,
  type PoolEvent,
  type PoolMemberEnd,
  type PoolOptions,
  poolChannelName,
} from '../../index.js';

const guest = await wat(`(module
  (func (export "loop") (loop br 0))
  (func (export "answer") (result i32) (i32.const 42)))`);
const mebibyte = 1 << 20;

function task<Args extends readonly unknown[], Result>(source: string): MemberTask<Args, Result> {
  return { module: `data:text/javascript,${encodeURIComponent(source)}`, export: 'task' };
}

const pid = task<[], number>('export const task = () => process.pid;');
const take = task<[mebibytes: number], number>(
  'export const task = (_, mebibytes) => new Uint8Array(mebibytes << 20).fill(1).length;',
);
/** Keeps the heap of V8 growing, which its limit ends with the process. */
const hoard = task<[], void>(
  'export const task = () => { const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length)); };',
);
const grow = task<[], void>(
  'const kept = []; export async function task() { for (;;) { kept.push(new Uint8Array(1 << 22).fill(1)); await null; } }',
);

function make(name: string, limits: PoolOptions['limits'], options: PoolOptions = {}) {
  const ends: PoolMemberEnd[] = [];
  const listen = (event: unknown) => {
    const { pool, kind } = event as PoolEvent;
    if (pool === name && kind === 'member-ended') ends.push((event as { reason: PoolMemberEnd }).reason);
  };
  subscribe(poolChannelName, listen);
  const pool = createPool({ size: 1, guest, ...options, placement: 'process', limits, name });
  onTestFinished(async () => {
    await pool[Symbol.asyncDispose]();
    unsubscribe(poolChannelName, listen);
  });
  return { pool, ends };
}

describe.runIf(process.platform === 'linux')('limits of the processes of a pool', () => {
  it("end a call that takes too much of the processor's time, and its member", async () => {
    const { pool, ends } = make('cpu', { cpuMs: 300 });
    const first = await pool.perform(pid, []);
    const looping = pool.call('loop', []);
    // What waits meanwhile is served by another.
    const waiting = [pool.call('answer', []), pool.perform(pid, [])] as const;
    await expect(looping).rejects.toThrow(GuestTimeoutError);
    expect(await waiting[0]).toBe(42);
    expect(await waiting[1]).not.toBe(first);
    expect(ends).toEqual(['stopped']);
  });

  it('bound the memory of each member: one that has overgrown is replaced', async () => {
    const { pool, ends } = make('memory', { memoryBytes: 1024 * mebibyte });
    const first = await pool.perform(pid, []);
    expect(await pool.perform(take, [64])).toBe(64 * mebibyte);
    // What is refused memory and can bear it lives on.
    await expect(pool.perform(take, [2000])).rejects.toThrow(/allocation failed/);
    expect(await pool.perform(pid, [])).toBe(first);
    const hoarding = pool.perform(hoard, [], { idempotent: false });
    await expect(hoarding).rejects.toThrow(GuestCrashError);
    expect(await pool.call('answer', [])).toBe(42);
    expect(await pool.perform(pid, [])).not.toBe(first);
    expect(ends).toEqual(['crash']);
  });

  it('end a call that grows too much, and its member, and do not make it again', async () => {
    const { pool, ends } = make('growth', { growthBytes: 64 * mebibyte });
    await expect(pool.perform(grow, [], { idempotent: true })).rejects.toThrow(MemoryLimitError);
    expect(await pool.call('answer', [])).toBe(42);
    expect(ends).toHaveLength(1);
  });

  it("bound the processor's time of a member in all", async () => {
    const { pool, ends } = make('total', {}, { child: { cpuSeconds: 1 } });
    const looping = pool.call('loop', []);
    await expect(looping).rejects.toMatchObject({ code: 'ERR_GUEST_CRASH', signal: 'SIGXCPU' });
    expect(await pool.call('answer', [])).toBe(42);
    expect(ends).toEqual(['crash']);
  });
});
