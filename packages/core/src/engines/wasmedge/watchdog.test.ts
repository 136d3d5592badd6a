import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { findWasmEdge } from '../../index.js';
import type { Library } from '../../native/library.js';
import { Watchdog } from './watchdog.js';
import { libraryState } from './watchdog-board.js';

// A process that ends while koffi is being loaded in another of its threads is aborted by Node.js.

forEngine('wasmedge', () => {
  /** A watchdog, and what it does when the thread ends. */
  async function start() {
    const { path } = await findWasmEdge();
    const library = { path, sizeType: 'uint64_t' } as Library;
    const before = process.listeners('exit');
    const { board } = new Watchdog(library);
    const [onExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
    if (onExit === undefined) {
      throw new Error('The watchdog does not wait for the end of its thread.');
    }
    const showCall = () => {
      board.current[1] = Number.POSITIVE_INFINITY;
      board.current[0] = 1;
      Atomics.notify(board.signal, 0);
    };
    return { board, onExit: () => onExit.call(process, 0), showCall };
  }

  it('loads the library when it sees a call, and not before', async () => {
    const { board, showCall } = await start();
    await sleep(500);
    expect(board.library[0]).toBe(libraryState.none);
    showCall();
    await vi.waitUntil(() => board.library[0] === libraryState.loaded, { timeout: 30_000 });
    board.current[0] = 0;
  });

  it('loads nothing any more when the thread ends', async () => {
    const { board, onExit, showCall } = await start();
    onExit();
    showCall();
    await sleep(500);
    expect(board.library[0]).toBe(libraryState.forbidden);
  });

  it('lets the thread end when the library is loaded, and not during it', async () => {
    const { board, onExit } = await start();
    board.library[0] = libraryState.loading;
    const source = `
      const { workerData } = require('node:worker_threads');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      Atomics.store(workerData, 0, ${libraryState.loaded});
      Atomics.notify(workerData, 0);`;
    const loader = new Worker(source, { eval: true, workerData: board.library });
    onExit();
    expect(board.library[0]).toBe(libraryState.loaded);
    await loader.terminate();
  });
});
