// @ts-check
import { readFileSync } from 'node:fs';
import { createRuntime, signature } from '@wasmedge-plugins/core';
import { guestPath } from '../guests.mjs';

/** @typedef {import('../rounds.mjs').Side} Side */

const depth = 30;
const rounds = 100;

/**
 * Guests of engine wasmedge as native code, in a process, against plain WebAssembly here. Both compile before the rounds.
 * @param {string} folder of the guests
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openCompiled(folder) {
  const guest = readFileSync(guestPath(folder, 'fib'));
  const plain = await openFib(guest, {});
  const metered = await openFib(guest, { cost: Number.MAX_SAFE_INTEGER });
  const baseline = v8Fib(guest);
  const close = async () => {
    await Promise.all([plain.close(), metered.close()]);
  };
  const comparisons = [
    { id: 'aot-fib', title: 'compiled code: fib(30) in a process, against V8', ours: plain.fib },
    { id: 'aot-fib-metered', title: 'compiled code with limits.cost: the same', ours: metered.fib },
  ];
  return { comparisons: comparisons.map((each) => ({ ...each, baseline, count: 1, rounds })), close };
}

/**
 * @param {Uint8Array} guest
 * @param {import('@wasmedge-plugins/core').Limits} limits
 * @returns {Promise<{ fib: Side, close: () => Promise<void> }>}
 */
async function openFib(guest, limits) {
  const runtime = await createRuntime({ placement: 'process', aot: 'wait', limits });
  // What the compiler can do, not what the default level saves: it is what the cache then gives.
  await runtime.compile(guest, { level: 3 });
  const { exports } = await runtime.instantiate(guest, { exports: { fib: signature(['i32'], ['i32']) } });
  const [how] = runtime.report().aot?.guests ?? [];
  if (how?.runs !== 'compiled') throw new Error(`The guest of the bench is not compiled: ${how?.reason}`);
  return {
    fib: async () => {
      const begin = process.hrtime.bigint();
      const answer = await exports.fib(depth);
      return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
    },
    close: async () => runtime[Symbol.asyncDispose](),
  };
}

/**
 * @param {Uint8Array} guest
 * @returns {Side}
 */
function v8Fib(guest) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(guest)));
  const fib = /** @type {(n: number) => number} */ (exports.fib);
  // The first calls are what V8 optimises by.
  for (let call = 0; call < 3; call++) fib(depth);
  return () => {
    const begin = process.hrtime.bigint();
    const answer = fib(depth);
    return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
  };
}
