import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { workerUrl } from '../helpers/worker-url.js';
import type { EngineName, Limits } from '../index.js';
import type { StoppedAnswer, StoppedRequest, StoppedThread } from './__fixtures__/stopped-worker.js';
import { CallControl } from './call-control.js';

const aborted = 'ERR_GUEST_ABORT';
const folder = mkdtempSync(join(tmpdir(), 'stopped-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const guest = wat(`(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "env" "begun" (func $begun))
  (import "env" "block" (func $block (result i32)))
  (import "env" "blockAndCatch" (func $blockAndCatch (result i32)))
  (import "env" "callOther" (func $callOther (result i32)))
  (import "env" "callOtherAndCatch" (func $callOtherAndCatch (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "pipe")
  (func (export "loop") (result i32) (call $begun) (loop (br 0)) (unreachable))
  (func (export "callHost") (result i32) (loop (call $begun) (br 0)) (unreachable))
  (func $sleep (export "sleep") (result i32)
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 3600000000000))
    (call $begun)
    (call $poll (i32.const 0) (i32.const 128) (i32.const 1) (i32.const 192)))
  (func (export "sleepOn") (result i32) (loop (drop (call $sleep)) (br 0)) (unreachable))
  (func (export "read") (result i32)
    (i32.store (i32.const 0) (i32.const 128)) (i32.store (i32.const 4) (i32.const 8))
    (call $begun)
    (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 192)))
  (func (export "open") (result i32)
    (call $begun)
    (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 4) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 192)))
  (func (export "block") (result i32) (call $begun) (call $block))
  (func (export "blockAndCatch") (result i32) (call $begun) (call $blockAndCatch))
  (func (export "callOther") (result i32) (call $callOther))
  (func (export "callOtherAndGoOn") (result i32)
    (drop (call $callOtherAndCatch)) (loop (br 0)) (unreachable))
  (func (export "short") (param $turns i32) (result i32) (local $left i32)
    (local.set $left (local.get $turns))
    (loop
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if 0 (i32.gt_s (local.get $left) (i32.const 0))))
    (local.get $turns)))`);

/** A thread that runs guests, which may be stopped. */
class Guests {
  readonly control = new CallControl();
  readonly #begun = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  #call = 0;

  private constructor(engine: EngineName, limits: Limits | undefined) {
    const workerData: StoppedThread = {
      engine,
      control: this.control.memory,
      begun: this.#begun,
      guest,
      limits,
      tasks: tasksUrl,
      folder,
    };
    this.#worker = new Worker(workerUrl('stopped-worker') as URL, { workerData });
  }

  static async start(engine: EngineName, limits?: Limits): Promise<Guests> {
    const guests = new Guests(engine, limits);
    expect((await guests.answer()).outcome).toBe('ready');
    return guests;
  }

  /** Begins a call; returns its number. */
  begin(name: string, ...args: number[]): number {
    const call = ++this.#call;
    this.#worker.postMessage({ call, name, args } satisfies StoppedRequest);
    return call;
  }

  async answer(): Promise<StoppedAnswer> {
    const [answer] = (await once(this.#worker, 'message')) as [StoppedAnswer];
    return answer;
  }

  /** How a call ends that is stopped once its guest has begun, and once it waits where it will. */
  async stop(name: string, waits: boolean): Promise<unknown> {
    const seen = Atomics.load(this.#begun, 0);
    const call = this.begin(name);
    while (Atomics.wait(this.#begun, 0, seen, 100) === 'timed-out');
    while (waits && !this.control.isWaiting) await new Promise(setImmediate);
    this.control.stop(call);
    return (await this.answer()).outcome;
  }

  /** How a call ends that nobody stops. */
  async call(name: string, ...args: number[]): Promise<unknown> {
    this.begin(name, ...args);
    return (await this.answer()).outcome;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

const tasksUrl = new URL('../blocking/__fixtures__/tasks.mjs', import.meta.url).href;

let guests: Guests;

forEachEngine((engine) => {
  beforeEach(async () => {
    guests = await Guests.start(engine);
  });
  afterEach(() => guests[Symbol.asyncDispose]());

  it.each(['sleep', 'sleepOn', 'block', 'blockAndCatch'])('ends a guest that waits: %s', async (name) => {
    const began = performance.now();
    expect(await guests.stop(name, true)).toBe(aborted);
    // The guest would wait for an hour, or for ever; the helper thread alone would give its task a second.
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(await guests.call('short', 5)).toBe(5);
  });

  it.skipIf(process.platform === 'win32')('ends a guest that waits for a named pipe', async () => {
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    try {
      expect(await guests.stop('open', true)).toBe(aborted);
    } finally {
      rmSync(pipe);
    }
  });

  it.skipIf(process.platform === 'win32')('ends a guest that reads an input of the host', async () => {
    const program = fileURLToPath(workerUrl('stopped-worker') as URL);
    const args = [program, engine, Buffer.from(guest).toString('base64'), tasksUrl, folder];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [outcome] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(outcome)).toBe(aborted);
    child.stdin.end();
    await once(child, 'exit');
  });

  it('ends a guest that goes on calling the host', async () => {
    expect(await guests.stop('callHost', false)).toBe(aborted);
    expect(await guests.call('short', 6)).toBe(6);
  });

  it('ends a call at once that begins after it was stopped, and not the next', async () => {
    guests.control.stop(1);
    expect(await guests.call('loop')).toBe(aborted);
    expect(await guests.call('short', 1)).toBe(1);
  });

  it('does nothing to other calls, and nothing when none runs', async () => {
    expect(await guests.call('short', 1)).toBe(1);
    guests.control.stop(1);
    expect(await guests.call('short', 2)).toBe(2);
    guests.control.stop(1);
    expect(await guests.call('short', 3)).toBe(3);
  });
});

forEngine('wasmedge', () => {
  const limitsOf: Record<string, Limits> = {
    'no limits': {},
    'a time limit': { timeoutMs: 600_000 },
    'a cost limit': { cost: 1e15 },
    'no limit of growth': { growthBytes: Number.POSITIVE_INFINITY },
    'all limits': { timeoutMs: 600_000, cost: 1e15, growthBytes: 2 ** 40 },
  };

  it.each(Object.keys(limitsOf))('ends a guest that loops, with %s', async (name) => {
    await using guests = await Guests.start('wasmedge', limitsOf[name]);
    for (let round = 0; round < 3; round++) {
      expect(await guests.stop('loop', false)).toBe(aborted);
      expect(await guests.call('short', 1000)).toBe(1000);
    }
  });

  it('keeps the other limits beside it', async () => {
    await using guests = await Guests.start('wasmedge', { timeoutMs: 50 });
    expect(await guests.call('loop')).toBe('ERR_GUEST_TIMEOUT');
    await using costly = await Guests.start('wasmedge', { cost: 1000 });
    expect(await costly.call('loop')).toBe('ERR_COST_LIMIT');
    expect(await costly.call('short', 1)).toBe(1);
  });

  it('ends the outermost call when one of another runtime runs within it', async () => {
    await using guests = await Guests.start('wasmedge');
    expect(await guests.stop('callOther', false)).toBe(aborted);
    expect(await guests.stop('callOtherAndGoOn', false)).toBe(aborted);
    expect(await guests.call('short', 1)).toBe(1);
  });

  it('ends a thousand calls in a row', async () => {
    await using guests = await Guests.start('wasmedge');
    for (let round = 0; round < 1000; round++) {
      const outcome = await guests.stop('loop', false);
      if (outcome !== aborted) expect(outcome).toBe(aborted);
    }
    expect(await guests.call('short', 1)).toBe(1);
  });

  it('ends the right call or none, when stops race with the ends of calls', async () => {
    await using guests = await Guests.start('wasmedge');
    const ended = { stopped: 0, returned: 0 };
    for (let round = 0; round < 10_000; round++) {
      const turns = 1 + Math.floor(Math.random() * 2000);
      const call = guests.begin('short', turns);
      const isMeant = Math.random() < 0.5;
      const until = performance.now() + Math.random() * 0.15;
      while (performance.now() < until);
      guests.control.stop(isMeant ? call : call - 1);
      const { outcome } = await guests.answer();
      const isRight = outcome === turns || (isMeant && outcome === aborted);
      if (!isRight) expect({ round, isMeant, outcome }).toBe('right');
      ended[outcome === aborted ? 'stopped' : 'returned']++;
    }
    // Otherwise nothing has raced.
    expect(ended.stopped).toBeGreaterThan(10);
    expect(ended.returned).toBeGreaterThan(10);
  });
});
