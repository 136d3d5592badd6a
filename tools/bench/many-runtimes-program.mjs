// @ts-check
// Makes many runtimes, one after another, and prints what the process holds: many-runtimes-program.mjs <engine> <guest> <folder> <runs>
// <sample every>. Run with --expose-gc: garbage that V8 has not looked at yet is not a leak, so it is collected before each reading.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createRuntime } from '@wasmedge-plugins/core';
import { expectedExitCode } from './many-runtimes.mjs';

const [engine, guest, folder, runs, every] = /** @type {string[]} */ (process.argv.slice(2));
const koffi = createRequire(new URL('../../packages/core/package.json', import.meta.url))('koffi');

/** @type {Awaited<ReturnType<typeof held>>[]} */
const readings = [];
for (let run = 1; run <= Number(runs); run++) {
  const runtime = await createRuntime({
    engine: engine === 'v8' ? 'v8' : 'wasmedge',
    wasi: { preopens: { '/folder': String(folder) }, stdin: 'ignore', stdout: 'capture', stderr: 'capture' },
  });
  const exitCode = runtime.run(String(guest));
  runtime[Symbol.dispose]();
  if (exitCode !== expectedExitCode) {
    throw new Error(`Run ${run} ended with ${exitCode} instead of ${expectedExitCode}.`);
  }
  if (run % Number(every) === 0) readings.push(await held(run));
}
// Only now: the first use of stdout opens descriptors of its own.
console.log(JSON.stringify(readings));

/** @param {number} run */
async function held(run) {
  for (let i = 0; i < 3; i++) {
    // Finalizers run in turns of their own, between collections.
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return {
    run,
    residentBytes: process.memoryUsage.rss(),
    descriptors: readdirSync('/proc/self/fd').length,
    callbackSlots: koffi.stats().callbacks,
  };
}
