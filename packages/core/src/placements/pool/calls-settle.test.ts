import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wat } from '../../__fixtures__/wat.js';
import {
  createPool,
  GuestCrashError,
  type MemberTask,
  type PoolEvent,
  type PoolOptions,
  poolChannelName,
  signature,
} from '../../index.js';
import { isAlive } from '../__fixtures__/processes.js';

const adding = await wat(
  '(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))',
);
const exports = { add: signature(['i32', 'i32'], ['i32']) };

function task<Args extends readonly unknown[] = [], Result = unknown>(
  source: string,
): MemberTask<Args, Result> {
  return { module: `data:text/javascript,${encodeURIComponent(source)}`, export: 'task' };
}

/** Tells where it runs. */
const pid = task<[], number>('export const task = () => process.pid;');
const die = task('export const task = () => { process.exit(3); };');
const wait = task('export const task = () => new Promise((resolve) => setTimeout(resolve, 2147483647));');
/** Leaves a file, and never ends. */
const waitAfter = task<[string]>(`import { writeFileSync } from 'node:fs';
  export const task = (_, file) => {
    writeFileSync(file, '');
    return new Promise((resolve) => setTimeout(resolve, 2147483647));
  };`);
/** Waits until a file is there. */
const waitFor = task<[string]>(`import { existsSync } from 'node:fs';
  export const task = async (_, file) => {
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
  };`);
/** Ends its member unless a file is there, which it leaves. */
const dieOnce = task<[string], string>(`import { existsSync, writeFileSync } from 'node:fs';
  export const task = (_, file) => {
    if (existsSync(file)) return 'done';
    writeFileSync(file, '');
    process.exit(3);
  };`);

const newFile = () => join(mkdtempSync(join(tmpdir(), 'pool-')), 'there');
let lastNumber = 0;

function make(options: PoolOptions<typeof exports>) {
  const name = `settling ${++lastNumber}`;
  const said: string[] = [];
  const logger = (_level: string, message: string) => said.push(message);
  const pool = createPool({ size: 1, guest: adding, exports, logger, ...options, name });
  onTestFinished(() => pool[Symbol.asyncDispose]());
  return { pool, name, said };
}

/** Has something done at each event of a pool. */
function onEvent(name: string, act: (event: PoolEvent) => void) {
  const listen = (event: unknown) => {
    if ((event as PoolEvent).pool === name) act(event as PoolEvent);
  };
  subscribe(poolChannelName, listen);
  onTestFinished(() => {
    unsubscribe(poolChannelName, listen);
  });
}

const settled = (promises: readonly Promise<unknown>[]) =>
  Promise.allSettled(promises).then((results) =>
    results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.code)),
  );

describe.each(['worker', 'process'] as const)('every call of a pool of placement %s settles', (placement) => {
  it('when members wait for nothing but their preparation', async () => {
    const { pool, said } = make({ placement });
    const [first, second] = [newFile(), newFile()];
    await pool.ready();
    const running = pool.perform(dieOnce, [first], { idempotent: true });
    // Nothing comes after the call that keeps the only member.
    const preparing = pool.prepare(task('export const task = () => "prepared";'), []);
    expect(await running).toBe('done');
    expect((await preparing).result).toBe('prepared');
    // A member that ends meanwhile has not done it.
    expect((await pool.prepare(dieOnce, [second])).result).toBe('done');
    await pool.drain();
    expect(said).toEqual([]);
  });

  it('when what members do before they serve ends them', async () => {
    const { pool } = make({ placement });
    await pool.ready();
    await expect(pool.prepare(die, [])).rejects.toThrow(GuestCrashError);
    expect(await pool.call('add', [1, 2])).toBe(3);
    // At first it goes well; then no member can be made any more.
    const file = newFile();
    const dieLater = task<[string], string>(`import { existsSync } from 'node:fs';
      export const task = (_, file) => existsSync(file) ? process.exit(3) : 'done';`);
    expect((await pool.prepare(dieLater, [file])).result).toBe('done');
    await expect(pool.perform(dieOnce, [file])).rejects.toThrow(GuestCrashError);
    await expect(pool.call('add', [1, 2])).rejects.toThrow(GuestCrashError);
  });

  it('in a member of the pool: none that ended is opened again for a call', async () => {
    const { pool, name } = make({ placement });
    const ids: (number | undefined)[] = [];
    onEvent(name, (event) => event.kind === 'member-started' && ids.push(event.id));
    await pool.ready();
    const [file, gate] = [newFile(), newFile()];
    const running = pool.perform(waitFor, [gate]);
    const preparing = pool.prepare(dieOnce, [file]);
    // Its member does first what it has not done yet, and ends.
    const called = pool.perform(pid, []);
    writeFileSync(gate, '');
    const [, , id] = await Promise.all([running, preparing, called]);
    expect(existsSync(file)).toBe(true);
    if (placement === 'process') expect(ids).toContain(id);
    await pool[Symbol.asyncDispose]();
    if (placement === 'process') expect(isAlive(id)).toBe(false);
  });

  it('when the pool is drained while the member of a call ends that may be made again', async () => {
    const { pool } = make({ placement });
    await pool.ready();
    const calls = [
      pool.perform(dieOnce, [newFile()], { idempotent: true }),
      pool.perform(die, [], { idempotent: true }),
      pool.call('add', [1, 2]),
    ];
    const late = settled([pool.room(), pool.prepare(wait, [])]);
    const draining = pool.drain();
    expect(await settled(calls)).toEqual(['done', 'ERR_GUEST_CRASH', 3]);
    await draining;
    expect(await late).toEqual([undefined, 'ERR_DISPOSED']);
    expect(await settled([pool.call('add', [1, 2]), pool.room(), pool.prepare(wait, [])])).toEqual([
      'ERR_DISPOSED',
      'ERR_DISPOSED',
      'ERR_DISPOSED',
    ]);
  });

  it('when the pool is disposed in the moment in which a member ends', async () => {
    const { pool, name } = make({ placement });
    let disposing: Promise<void> | undefined;
    onEvent(name, ({ kind }) => {
      if (kind === 'member-ended') disposing ??= pool[Symbol.asyncDispose]();
    });
    await pool.ready();
    const calls = [
      pool.perform(die, [], { idempotent: true }),
      pool.call('add', [1, 2], { idempotent: true }),
      pool.acquire(),
    ];
    expect(await settled(calls)).toEqual(['ERR_GUEST_CRASH', 'ERR_DISPOSED', 'ERR_DISPOSED']);
    await disposing;
    expect(pool.status).toEqual({ idle: 0, busy: 0, starting: 0, waiting: 0 });
  });

  it('when it is aborted while it waits to be made again', async () => {
    const { pool, name } = make({ placement, size: 2 });
    await pool.ready();
    await using _lease = await pool.acquire();
    const controller = new AbortController();
    onEvent(name, ({ kind }) => kind === 'ended' && setImmediate(() => controller.abort()));
    const call = pool.perform(dieOnce, [newFile()], { idempotent: true, signal: controller.signal });
    expect(await settled([call])).toEqual(['ERR_GUEST_ABORT']);
    await _lease[Symbol.asyncDispose]();
    expect(await pool.call('add', [1, 2])).toBe(3);
  });

  it('when draining is given up, and before members are there', async () => {
    const { pool } = make({ placement });
    await pool.ready();
    const calls = settled([pool.perform(wait, []), pool.call('add', [1, 2]), pool.acquire()]);
    await pool.drain({ signal: AbortSignal.abort() });
    expect(await calls).toEqual(['ERR_DISPOSED', 'ERR_DISPOSED', 'ERR_DISPOSED']);

    const early = make({ placement, size: 2 }).pool;
    const waiting = settled([early.call('add', [1, 2]), early.acquire(), early.prepare(wait, [])]);
    await early[Symbol.asyncDispose]();
    expect(await waiting).toEqual(['ERR_DISPOSED', 'ERR_DISPOSED', 'ERR_DISPOSED']);
    expect(early.status).toEqual({ idle: 0, busy: 0, starting: 0, waiting: 0 });
    // Nobody waits for members that will not be.
    await early.ready();

    const stuck = make({ placement }).pool;
    const file = newFile();
    const preparing = settled([stuck.prepare(waitAfter, [file])]);
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
    await stuck[Symbol.asyncDispose]();
    expect(await preparing).toEqual(['ERR_DISPOSED']);
  });
});
