import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectRejects } from '../../__fixtures__/expect-error.js';
import { wat } from '../../__fixtures__/wat.js';
import {
  createPool,
  DisposedError,
  GuestAbortError,
  GuestCrashError,
  GuestTimeoutError,
  InstanceLostError,
  InvalidArgumentError,
  InvalidGuestError,
  type MemberTask,
  PoolBusyError,
  type PoolEvent,
  type PoolOptions,
  poolChannelName,
  signature,
  UnknownExportError,
} from '../../index.js';

const remembering = await wat(`(module
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (memory (export "memory") 1)
  (global $count (export "count") (mut i32) (i32.const 0))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  ;; What it finds, where it then leaves 1 in memory and one more in the global.
  (func (export "look") (result i32)
    (i32.add (i32.load8_u (i32.const 100)) (global.get $count))
    (i32.store8 (i32.const 100) (i32.const 1))
    (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func (export "grow") (result i32) (memory.grow (i32.const 200)))
  ;; 0 where stdin is still open, 8 where it was closed before.
  (func (export "close_stdin") (result i32) (call $close (i32.const 0)))
  (func (export "loop") (loop br 0))
  (func (export "trap") unreachable))`);
// Writes what it reads from stdin to stdout, and ends with 3.
const echo = await wat(`(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 64))
    (i32.store (i32.const 4) (i32.const 1000))
    (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $exit (i32.const 3))))`);

const exports = {
  add: signature(['i32', 'i32'], ['i32']),
  look: signature([], ['i32']),
  grow: signature([], ['i32']),
  close_stdin: signature([], ['i32']),
  loop: signature([], []),
  trap: signature([], []),
};

function task<Args extends readonly unknown[] = [], Result = unknown>(
  source: string,
  name = 'task',
): MemberTask<Args, Result> {
  return { module: `data:text/javascript,${encodeURIComponent(source)}`, export: name };
}

const thread = task<[], number>(
  'import { threadId } from "node:worker_threads"; export const task = () => threadId * 1e9 + process.pid;',
);
const die = task('export const task = () => { process.exit(3); };');
const wait = task('export const task = () => new Promise((resolve) => setTimeout(resolve, 2147483647));');

function recordEvents(name: string): PoolEvent[] {
  const events: PoolEvent[] = [];
  const record = (event: unknown) => {
    if ((event as PoolEvent).pool === name) events.push(event as PoolEvent);
  };
  subscribe(poolChannelName, record);
  onTestFinished(() => {
    unsubscribe(poolChannelName, record);
  });
  return events;
}

const settled = (promises: readonly Promise<unknown>[]) =>
  Promise.allSettled(promises).then((results) =>
    results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.code)),
  );

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each(['worker', 'process'] as const)('a pool of placement %s', (placement) => {
  function make(options: Omit<PoolOptions<typeof exports>, 'placement' | 'exports'> = {}) {
    const pool = createPool({ size: 1, guest: remembering, exports, ...options, placement });
    onTestFinished(() => pool[Symbol.asyncDispose]());
    return pool;
  }

  it('calls exports of fresh instances: nothing of one call is seen by another', async () => {
    const pool = make({ size: 2 });
    expect([pool.placement, pool.size]).toEqual([placement, 2]);
    expect(await pool.call('add', [2, 3])).toBe(5);
    const looks = Array.from({ length: 20 }, () => pool.call('look', []));
    expect(new Set(await Promise.all(looks))).toEqual(new Set([0]));
    const closed = Array.from({ length: 4 }, () => pool.call('close_stdin', []));
    expect(await Promise.all(closed)).toEqual([0, 0, 0, 0]);
    expect(await settled([pool.call('trap', []), pool.call('add', [1, 1])])).toEqual(['ERR_GUEST_TRAP', 2]);
    await expect(pool.call('missing' as 'trap', [])).rejects.toThrow(UnknownExportError);
    await expect(pool.call('add', [{} as never, 1])).rejects.toThrow(InvalidArgumentError);
    await pool.ready();
    expect(pool.status).toEqual({ idle: 2, busy: 0, starting: 0, waiting: 0 });
    expect(pool.report()?.engine).toBe('v8');
  });

  it('runs commands, each with its own world, and gives what they wrote', async () => {
    const pool = make({ size: 2, guest: echo });
    const runs = Array.from({ length: 8 }, (_, index) => pool.run({ stdin: `text ${index}` }));
    const results = await Promise.all(runs);
    expect(results.map(({ stdout }) => Buffer.from(stdout).toString())).toEqual(
      runs.map((_, index) => `text ${index}`),
    );
    expect(results.every(({ exitCode, stderr }) => exitCode === 3 && stderr.byteLength === 0)).toBe(true);
    expect(
      await settled([
        pool.run({ stdin: 'text', stdout: 'ignore' }),
        pool.run(),
        pool.run({ guest: remembering }),
      ]),
    ).toEqual([
      { exitCode: 3, stdout: new Uint8Array(), stderr: new Uint8Array() },
      { exitCode: 3, stdout: new Uint8Array(), stderr: new Uint8Array() },
      'ERR_UNKNOWN_EXPORT',
    ]);
  });

  it('lets so many calls wait as its queue has room for, in their order, and refuses others', async () => {
    const pool = make({ queue: 2 });
    const order: number[] = [];
    const noted = (number: number) => pool.call('add', [number, 0]).then((sum) => order.push(sum));
    await pool.ready();
    const calls = [noted(1), noted(2), noted(3)];
    expect(pool.status).toEqual({ idle: 0, busy: 1, starting: 0, waiting: 2 });
    const refused = pool.call('add', [4, 0]);
    await expect(refused).rejects.toMatchObject({ code: 'ERR_POOL_BUSY', waiting: 2, waitedMs: 0 });
    await expect(refused).rejects.toThrow(PoolBusyError);
    await Promise.all(calls);
    expect(order).toEqual([1, 2, 3]);
    expect(await pool.call('add', [4, 1])).toBe(5);
  });

  it('serves one call after another without a queue', async () => {
    const pool = make({ queue: 0 });
    await pool.ready();
    for (let index = 0; index < 10; index++) expect(await pool.call('add', [index, 1])).toBe(index + 1);
  });

  it('gives up what has waited too long or was aborted, and does nothing of it', async () => {
    const pool = make({ maxWaitMs: 50 });
    await pool.ready();
    await using lease = await pool.acquire();
    const controller = new AbortController();
    const aborted = pool.call('add', [1, 1], { signal: controller.signal, maxWaitMs: Infinity });
    const patient = pool.call('add', [1, 2], { maxWaitMs: Infinity });
    await expect(pool.call('add', [1, 1])).rejects.toMatchObject({ code: 'ERR_POOL_BUSY', waitedMs: 50 });
    controller.abort();
    await expect(aborted).rejects.toThrow(GuestAbortError);
    await expect(pool.run({ signal: controller.signal })).rejects.toThrow(GuestAbortError);
    expect(pool.status.waiting).toBe(1);
    await lease[Symbol.asyncDispose]();
    expect(await patient).toBe(3);
  });

  it('slows producers down who would rather wait than be refused', async () => {
    const pool = make({ queue: 2 });
    const produce = async (first: number) => {
      const sums: Promise<number>[] = [];
      for (let number = first; number < first + 40; number++) {
        await pool.room();
        sums.push(pool.call('add', [number, 0]));
      }
      return Promise.all(sums);
    };
    const produced = await Promise.all([produce(0), produce(100), produce(200)]);
    expect(produced.flat()).toHaveLength(120);
    const controller = new AbortController();
    await using _lease = await pool.acquire();
    const calls = [pool.call('add', [0, 0]), pool.call('add', [0, 0])];
    const room = pool.room({ signal: controller.signal });
    controller.abort();
    await expect(room).rejects.toThrow(GuestAbortError);
    await _lease[Symbol.asyncDispose]();
    await Promise.all(calls);
  });

  it('replaces a member that a time limit or a signal has ended', async () => {
    const pool = make({ limits: { timeoutMs: 60_000 } });
    const first = await pool.perform(thread, []);
    await expect(pool.call('loop', [], { timeoutMs: 100 })).rejects.toThrow(GuestTimeoutError);
    expect(await pool.call('look', [])).toBe(0);
    const controller = new AbortController();
    const looping = pool.call('loop', [], { signal: controller.signal });
    controller.abort();
    await expect(looping).rejects.toThrow(GuestAbortError);
    expect(await pool.perform(thread, [])).not.toBe(first);
  });

  it('replaces a member that ends by itself, while it works or rests', async () => {
    const events = recordEvents(`crash ${placement}`);
    const pool = make({ name: `crash ${placement}` });
    const ends = await settled([pool.perform(die, []), pool.call('add', [1, 2]), pool.perform(die, [])]);
    expect(ends).toEqual(['ERR_GUEST_CRASH', 3, 'ERR_GUEST_CRASH']);
    await pool.ready();
    // Nothing calls it when it ends.
    await pool.perform(task('export const task = () => { setTimeout(() => process.exit(4), 1); };'), []);
    const ended = () => events.filter(({ kind }) => kind === 'member-ended').length;
    await until(() => ended() === 3);
    expect(await pool.call('add', [3, 4])).toBe(7);
    // Two end at the same time, in either order.
    const calls = events.flatMap((event) => {
      if (event.kind !== 'member-ended') return [];
      expect(event).toMatchObject({ reason: 'crash', error: expect.any(GuestCrashError) });
      return [event.calls];
    });
    expect(calls.sort()).toEqual([1, 1, 2]);
  });

  it('makes calls again that may be made twice, before those that wait', async () => {
    const pool = make({ queue: 1 });
    const file = join(mkdtempSync(join(tmpdir(), 'pool-')), 'seen');
    const dieOnce = task<[string, number]>(`import { appendFileSync, readFileSync } from 'node:fs';
      export const task = (_, file, times) => {
        appendFileSync(file, 'x');
        const { length } = readFileSync(file, 'utf8');
        if (length <= times) process.exit(3);
        return length;
      };`);
    await pool.ready();
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    const [again, others] = [
      pool.perform(dieOnce, [file, 1], { idempotent: true }),
      pool.call('add', [1, 1]),
    ];
    void again.then(note('again'));
    void others.then(note('others'));
    expect(await settled([again, others])).toEqual([2, 2]);
    expect(order).toEqual(['again', 'others']);
    expect(await settled([pool.perform(dieOnce, [file, 9], { idempotent: true })])).toEqual([
      'ERR_GUEST_CRASH',
    ]);
    expect(readFileSync(file, 'utf8')).toHaveLength(4);
    expect(await settled([pool.perform(dieOnce, [file, 9])])).toEqual(['ERR_GUEST_CRASH']);
    expect(readFileSync(file, 'utf8')).toHaveLength(5);
    expect(await pool.call('add', [1, 2])).toBe(3);
  });

  it('replaces a member that has served enough', async () => {
    const events = recordEvents(`worn ${placement}`);
    const pool = make({ maxCallsPerMember: 2, name: `worn ${placement}` });
    const members = await Promise.all(Array.from({ length: 4 }, () => pool.perform(thread, [])));
    expect(members[0]).toBe(members[1]);
    expect(members[2]).toBe(members[3]);
    expect(members[0]).not.toBe(members[2]);
    await pool.ready();
    await pool[Symbol.asyncDispose]();
    expect(events.filter(({ kind }) => kind === 'member-ended')).toMatchObject([
      { reason: 'calls', calls: 2 },
      { reason: 'calls', calls: 2 },
      { reason: 'disposed', calls: 0 },
    ]);
  });

  it('replaces a member that holds too much', async () => {
    const hold = task(
      'const held = []; export const task = (_, bytes) => { held.push(Buffer.alloc(bytes, 1)); };',
    );
    const pool = make({ maxMemberBytes: 400 << 20 });
    const first = await pool.perform(thread, []);
    await pool.perform(hold as MemberTask<[number]>, [1 << 20]);
    expect(await pool.perform(thread, [])).toBe(first);
    await pool.perform(hold as MemberTask<[number]>, [400 << 20]);
    expect(await pool.perform(thread, [])).not.toBe(first);
  });

  it('leases an instance that keeps its state', async () => {
    const pool = make({ size: 1 });
    await using lease = await pool.acquire();
    expect([await lease.exports.look(), await lease.exports.look()]).toEqual([0, 2]);
    expect(await lease.call('add', [2, 2], { timeoutMs: 60_000 })).toBe(4);
    await lease.writeMemory(100, Uint8Array.of(7));
    expect(await lease.readMemory(100, 1)).toEqual(Uint8Array.of(7));
    expect(await lease.exportedGlobal('count').get()).toBe(2);
    expect([await lease.memoryPages(), await lease.growMemory(1)]).toEqual([1, 1]);
    const other = pool.call('look', []);
    await lease[Symbol.asyncDispose]();
    await lease[Symbol.asyncDispose]();
    expect(await other).toBe(0);
    await expect(lease.exports.look()).rejects.toThrow(DisposedError);
  });

  it('ends the member of a lease that is not given back, and says so', async () => {
    const said: string[] = [];
    const pool = make({ maxLeaseMs: 100, logger: (_level, message) => said.push(message) });
    const lease = await pool.acquire();
    expect(await pool.call('look', [])).toBe(0);
    expect(said).toEqual([expect.stringContaining('maxLeaseMs')]);
    const lost = lease.exports.look();
    await expect(lost).rejects.toThrow(InstanceLostError);
    await expect(lost).rejects.toMatchObject({ cause: { code: 'ERR_GUEST_TIMEOUT' } });
    await lease[Symbol.asyncDispose]();
  });

  it('rejects a lease and those who wait for one when it is disposed', async () => {
    const pool = make();
    const lease = await pool.acquire();
    const looping = lease.exports.loop();
    const ends = settled([looping, pool.acquire()]);
    await pool[Symbol.asyncDispose]();
    expect(await ends).toEqual(['ERR_DISPOSED', 'ERR_DISPOSED']);
  });

  it('has each member do what it is to do before it serves, those that come later too', async () => {
    const store = (text: string) =>
      `export const open = (_, name) => { (globalThis.opened ??= []).push(name); return name + '!'; };
       export const close = (_, name) => { opened.splice(opened.indexOf(name), 1); };
       export const task = () => ${text};`;
    const source = store('globalThis.opened ?? []');
    const module = task(source).module;
    const pool = make({ size: 2 });
    const prepare = { module, export: 'open', undo: 'close' } as MemberTask<[string], string> & {
      undo: string;
    };
    const preparation = await pool.prepare(prepare, ['a']);
    expect(preparation.result).toBe('a!');
    const seen = () => Promise.all([0, 1, 2].map(() => pool.perform(task(source), [])));
    expect(await seen()).toEqual([['a'], ['a'], ['a']]);
    await settled([pool.perform(die, []), pool.perform(die, [])]);
    expect(await seen()).toEqual([['a'], ['a'], ['a']]);
    await using _other = await pool.prepare(prepare, ['b']);
    await preparation[Symbol.asyncDispose]();
    expect(await seen()).toEqual([['b'], ['b'], ['b']]);
    await expect(
      pool.prepare(task('export const task = () => { throw new RangeError("no"); };'), []),
    ).rejects.toThrow('no');
    expect(await seen()).toEqual([['b'], ['b'], ['b']]);
  });

  it('lets calls end when it is drained, and rejects them when it is disposed', async () => {
    const drained = make();
    const calls = [drained.call('add', [1, 1]), drained.call('add', [2, 2])];
    const draining = drained.drain();
    await expect(drained.call('add', [1, 1])).rejects.toThrow(DisposedError);
    expect(await settled([...calls, draining])).toEqual([2, 4, undefined]);
    expect(drained.status).toEqual({ idle: 0, busy: 0, starting: 0, waiting: 0 });

    const disposed = make();
    await disposed.ready();
    const ends = settled([
      disposed.perform(wait, []),
      disposed.call('add', [1, 1]),
      disposed.room(),
      disposed.prepare(wait, []),
    ]);
    await disposed[Symbol.asyncDispose]();
    expect(await ends).toEqual(['ERR_DISPOSED', 'ERR_DISPOSED', undefined, 'ERR_DISPOSED']);

    const late = make();
    await late.ready();
    const waiting = settled([late.perform(wait, [])]);
    await late.drain({ signal: AbortSignal.timeout(50) });
    expect(await waiting).toEqual(['ERR_DISPOSED']);
  });

  it('tells what happens on its channel', async () => {
    const name = `told ${placement}`;
    const events = recordEvents(name);
    const pool = make({ name, queue: 1 });
    await pool.ready();
    await settled([pool.call('add', [1, 1]), pool.call('trap', []), pool.run()]);
    await pool[Symbol.asyncDispose]();
    const time = expect.any(Number);
    const error = expect.any(Error);
    const member = 1;
    const id = time;
    expect(events).toEqual([
      { pool: name, kind: 'member-started', member, id, startMs: time },
      { pool: name, kind: 'started', use: 'call', waitMs: 0, member },
      { pool: name, kind: 'queued', use: 'call', waiting: 1 },
      { pool: name, kind: 'refused', use: 'run', waitMs: 0, error },
      { pool: name, kind: 'ended', use: 'call', waitMs: 0, runMs: time, member },
      { pool: name, kind: 'started', use: 'call', waitMs: time, member },
      { pool: name, kind: 'ended', use: 'call', waitMs: time, runMs: time, member, error },
      { pool: name, kind: 'member-ended', member, id, reason: 'disposed', calls: 2, error: undefined },
    ]);
  });

  it('says why its members cannot be made', async () => {
    const pool = make({ guest: Uint8Array.of(1, 2, 3) });
    await expect(pool.ready()).rejects.toThrow(InvalidGuestError);
    await expect(pool.call('add', [1, 1])).rejects.toThrow(InvalidGuestError);
    const missing = make({ guest: 'not-there.wasm', size: 2 });
    expect(
      await settled([missing.call('add', [1, 1]), missing.acquire(), missing.prepare(wait, [])]),
    ).toEqual(['ERR_GUEST_NOT_FOUND', 'ERR_GUEST_NOT_FOUND', 'ERR_GUEST_NOT_FOUND']);
  });
});

it('refuses options that cannot be', async () => {
  const refused: Record<string, unknown>[] = [
    { placement: 'inline' },
    { size: 0 },
    { size: 1.5 },
    { queue: -1 },
    { maxWaitMs: 0 },
    { maxLeaseMs: 2 ** 31 },
    { maxCallsPerMember: 0 },
    { maxMemberBytes: 'all' },
    { name: 3 },
    { exports: { add: 'i32' } },
    { limits: { timeoutMs: 0 } },
    { sizes: 3 },
    { engine: 'v9' },
  ];
  for (const options of refused) {
    expect(() => createPool(options), JSON.stringify(options)).toThrow(InvalidArgumentError);
  }
  await using pool = createPool({ size: 1 });
  await expect(pool.call('add', [1])).rejects.toThrow(/has a guest/);
  await expect(pool.run({ idempotent: true, stdout: () => {} })).rejects.toThrow(/start over/);
  await expect(pool.run({ maxWaitMs: -1 })).rejects.toThrow(InvalidArgumentError);
  await expect(pool.call('add', [1], { signal: 3 as never })).rejects.toThrow(InvalidArgumentError);
  await expect(pool.call('add', [1], { time: 3 } as never)).rejects.toThrow(InvalidArgumentError);
  const loosely = (use: unknown) => (use as (...args: readonly unknown[]) => Promise<unknown>).bind(pool);
  const array = /arguments of .* must be an array, not undefined; pass \[\] for none/;
  await expectRejects(loosely(pool.call)('add'), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', array);
  for (const use of [loosely(pool.perform), loosely(pool.prepare)]) {
    await expectRejects(use(wait), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', array);
    for (const wrong of [undefined, 'task', { export: 'task' }, { module: 'no URL', export: 'task' }]) {
      await expectRejects(
        use(wrong, []),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /must be \{ module, export \}/,
      );
    }
  }
});
