import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { expectThrows } from '../../__fixtures__/expect-error.js';
import { wat } from '../../__fixtures__/wat.js';
import * as workers from '../../helpers/worker-url.js';
import { createRuntime, findWasmEdge, GuestTimeoutError, LimitsUnavailableError } from '../../index.js';
import { Watchdog } from './watchdog.js';
import { watchdogLife } from './watchdog-board.js';

// A process that ends while koffi is being loaded in another of its threads is aborted by Node.js.

// The first is the watchdog of this thread, which runtimes have.
const threads = vi.hoisted((): Worker[] => []);
vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  class NotedWorker extends original.Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      threads.push(this);
    }
  }
  return { ...original, Worker: NotedWorker };
});

forEngine('wasmedge', () => {
  /** A watchdog, and what it does when the thread ends. */
  async function start() {
    const { path } = await findWasmEdge();
    const before = process.listeners('exit');
    const watchdog = new Watchdog({ path, sizeType: 'uint64_t' });
    const [onExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
    if (onExit === undefined) {
      throw new Error('The watchdog does not wait for the end of its thread.');
    }
    return { watchdog, board: watchdog.board, onExit: () => onExit.call(process, 0) };
  }

  /** Runs `use` where the watchdog's file is `source`. */
  async function withFile(source: string | undefined, use: () => Promise<void> | void) {
    const folder = mkdtempSync('watchdog-');
    const url = pathToFileURL(`${folder}/worker.mjs`);
    if (source !== undefined) writeFileSync(url, source);
    const found = vi.spyOn(workers, 'findWorker').mockReturnValue(source === undefined ? undefined : url);
    try {
      await use();
    } finally {
      found.mockRestore();
      rmSync(folder, { recursive: true });
    }
  }

  it.each([
    ['at once, when its end was told', (watchdog: Worker) => watchdog.terminate()],
    [
      'although this thread has been told nothing',
      (watchdog: Worker, one: () => void) => {
        void watchdog.terminate();
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
        // So many calls trust the last beat.
        for (let call = 0; call < 16; call++) one();
      },
    ],
  ])('is replaced when it died, before the next call, %s', async (_, end) => {
    using runtime = await createRuntime({ limits: { timeoutMs: 50 } });
    const { exports } = runtime.instantiate(
      wat('(module (func (export "one")) (func (export "forever") (loop (br 0))))'),
    );
    const stops = () =>
      expectThrows(() => exports.forever?.(), GuestTimeoutError, 'ERR_GUEST_TIMEOUT', /50 ms/);
    stops();
    const watchdog = threads[0] as Worker;
    threads.length = 0;
    await end(watchdog, () => exports.one?.());
    stops();
    expect(threads.length).toBe(1);
    stops();
  });

  it('answers while this thread sleeps, before the first call', async () => {
    const { watchdog, board } = await start();
    expect(watchdog.isAlive()).toBe(false);
    watchdog.awaitStart();
    expect(board.life[0]).toBe(watchdogLife.watching);
    expect(watchdog.isAlive()).toBe(true);
  });

  it('loads nothing any more when the thread ends', async () => {
    const { watchdog, board, onExit } = await start();
    onExit();
    await vi.waitUntil(() => board.life[0] === watchdogLife.ended, { timeout: 30_000 });
    expectThrows(() => watchdog.awaitStart(), LimitsUnavailableError, 'ERR_LIMITS_UNAVAILABLE');
  });

  it('lets the thread end when the library is loaded, and not during it', async () => {
    const { board, onExit } = await start();
    await vi.waitUntil(() => board.life[0] === watchdogLife.watching, { timeout: 30_000 });
    board.life[0] = watchdogLife.loading;
    const source = `
      const { workerData } = require('node:worker_threads');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      Atomics.store(workerData, 0, ${watchdogLife.watching});
      Atomics.notify(workerData, 0);`;
    const loader = new Worker(source, { eval: true, workerData: board.life });
    onExit();
    expect(board.life[0]).toBe(watchdogLife.watching);
    await loader.terminate();
  });

  it('refuses to be made where its file is missing, and says what to do', () =>
    withFile(undefined, async () => {
      const { path } = await findWasmEdge();
      expectThrows(
        () => new Watchdog({ path, sizeType: 'uint64_t' }),
        LimitsUnavailableError,
        'ERR_LIMITS_UNAVAILABLE',
        /limits\.timeoutMs and limits\.growthBytes cannot be enforced/,
        /Keep all files of a bundle together, or mark @wasmedge-plugins\/core as external/,
      );
    }));

  it.each([
    ['cannot be parsed', 'this is not JavaScript'],
    ['imports what is not there', "import './chunk-that-no-bundler-copied.js';"],
    ['ends at once', ''],
    ['throws', "throw new Error('broken');"],
  ])('refuses the first call, without an event loop, when its file %s', (_, source) =>
    withFile(source, async () => {
      const { watchdog } = await start();
      expectThrows(() => watchdog.awaitStart(), LimitsUnavailableError, 'ERR_LIMITS_UNAVAILABLE', /it ended/);
      expect(watchdog.hasEnded).toBe(true);
      // Its error belongs to the watchdog, and is not an uncaught exception of the host.
      await sleep(100);
    }),
  );

  it('tells why it cannot watch', async () => {
    const watchdog = new Watchdog({ path: '/no/such/libwasmedge.so', sizeType: 'uint64_t' });
    const error = expectThrows(() => watchdog.awaitStart(), LimitsUnavailableError, 'ERR_LIMITS_UNAVAILABLE');
    expect(String(error.cause)).toContain('Failed to load shared library');
  });
});
