// @ts-check
import { readFileSync } from 'node:fs';
import { createRuntime } from '../../../packages/core/dist/index.js';
import { guestPath, realGuest } from '../guests.mjs';
import { callGuest, callHostNothing, callHostPlus } from './calls.mjs';
import { instantiate, runtimeFor, sumOf } from './instantiation.mjs';
import { readMemory, writeMemory } from './memory.mjs';
import { createAndDispose, createAndUse, openCalls } from './runtimes.mjs';

const engine = 'wasmedge';

/**
 * The engine wasmedge against the C program.
 * @param {string} folder of the guests
 * @param {import('../c-baseline.mjs').CBaseline} c
 * @returns {Promise<import('../rounds.mjs').Comparison[]>}
 */
export async function wasmedgeComparisons(folder, c) {
  const calls = readFileSync(guestPath(folder, 'calls'));
  const real = readFileSync(realGuest);
  const { host, runtime, instance } = await openCalls(engine, calls);
  const { add, callNop, callPlus } = /** @type {Record<string, (...args: number[]) => unknown>} */ (instance.exports);
  const memory = (await createRuntime({ engine })).instantiate(readFileSync(guestPath(folder, 'memory'))).memory;
  if (callNop === undefined || callPlus === undefined || memory === undefined) {
    throw new Error('The guests of the bench lack an export.');
  }
  return [
    { name: 'wasmedge: host → wasm, add(i32, i32)', ours: callGuest(add), baseline: c.side('call-guest'), count: 10_000 },
    { name: 'wasmedge: wasm → host, 0 arguments', ours: callHostNothing(callNop, host), baseline: c.side('call-host-0'), count: 20_000 },
    { name: 'wasmedge: wasm → host, 2 arguments and a result', ours: callHostPlus(callPlus), baseline: c.side('call-host-2'), count: 20_000 },
    { name: 'wasmedge: runtime created and disposed', ours: createAndDispose(engine), baseline: c.side('create-runtime'), count: 20 },
    { name: 'wasmedge: runtime created, small guest called once, disposed', ours: createAndUse(engine, calls), baseline: c.side('use-runtime'), count: 20 },
    { name: 'wasmedge: instantiation, small guest', ours: instantiate(runtime, calls, (last) => Number(last.exports.add?.(40, 2))), baseline: c.side('instantiate-small'), count: 20 },
    { name: 'wasmedge: instantiation, real guest', ours: instantiate(await runtimeFor(engine, real), real, (last) => last.memory?.borrow(0, last.memory.byteLength, sumOf) ?? 0), baseline: c.side('instantiate-real'), count: 2 },
    { name: 'wasmedge: 1 MiB into guest memory', ours: writeMemory(memory), baseline: c.side('write-memory'), count: 20 },
    { name: 'wasmedge: 1 MiB out of guest memory', ours: readMemory(memory), baseline: c.side('read-memory'), count: 20 },
  ];
}
