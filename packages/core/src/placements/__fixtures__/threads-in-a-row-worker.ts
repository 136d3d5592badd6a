import { readFileSync } from 'node:fs';
import { createRuntime, type EngineName } from '../../index.js';

// A program that makes runtimes in threads, one after the other, and tells how many KiB each has left: node --expose-gc
// threads-in-a-row-worker.js ENGINE THREADS.

const [engine, threads] = process.argv.slice(2) as [EngineName, string];

function ownKib(): number {
  globalThis.gc?.();
  return Number(/^RssAnon:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
}

async function makeThreads(count: number): Promise<number> {
  const before = ownKib();
  for (let made = 0; made < count; made++) {
    const runtime = await createRuntime({ engine, placement: 'worker' });
    await runtime[Symbol.asyncDispose]();
  }
  return (ownKib() - before) / count;
}

// What the process itself keeps from then on comes with the first.
await makeThreads(8);
console.log(await makeThreads(Number(threads)));
