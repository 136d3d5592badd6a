// @ts-check
import { compileGuest, createRuntime } from '@wasmedge-plugins/core';
import { timed } from '../rounds.mjs';

/**
 * @typedef {import('@wasmedge-plugins/core').EngineName} EngineName
 * @typedef {import('@wasmedge-plugins/core').GuestSource} GuestSource
 * @typedef {import('../rounds.mjs').Side} Side
 */

// Each compilation is some milliseconds, so there are few rounds.
const rounds = 20;

/**
 * A guest of a megabyte and more in a second runtime against the first one that ever saw it.
 * @param {EngineName} engine
 * @param {Uint8Array} bytes
 * @returns {Promise<import('../rounds.mjs').Comparison[]>}
 */
export async function largeGuestComparisons(engine, bytes) {
  const size = `guest of ${(bytes.byteLength / 1e6).toFixed(1)} MB`;
  const first = inNewRuntime(engine, () => neverSeen(bytes));
  const compiled = await compileGuest(neverSeen(bytes), { engine });
  const comparison = { baseline: first, count: 1, rounds };
  const second = {
    id: `${engine}-second-runtime`,
    title: `${engine}: ${size}, compiled, in a second runtime; in the first`,
    ours: inNewRuntime(engine, () => compiled),
    ...comparison,
  };
  // WasmEdge keeps 2 MiB of what nobody compiled, and the baseline fills them.
  if (engine === 'wasmedge') return [second];
  const again = neverSeen(bytes);
  return [
    second,
    {
      id: `${engine}-same-bytes`,
      title: `${engine}: ${size}, its bytes again; the first time`,
      ours: inNewRuntime(engine, () => again),
      ...comparison,
    },
  ];
}

/**
 * A guest of a megabyte and more that nobody has seen, beside the C program.
 * @param {Uint8Array} bytes
 * @param {Side} c
 * @returns {import('../rounds.mjs').Comparison}
 */
export function largeGuestBesideC(bytes, c) {
  return {
    id: 'wasmedge-instantiate-large',
    title: `wasmedge: instantiation, guest of ${(bytes.byteLength / 1e6).toFixed(1)} MB, the first time`,
    ours: inNewRuntime('wasmedge', () => neverSeen(bytes)),
    baseline: c,
    count: 1,
    rounds,
  };
}

/**
 * A guest instantiated in a runtime that was made before the clock runs.
 * @param {EngineName} engine
 * @param {() => GuestSource} guest
 * @returns {Side}
 */
function inNewRuntime(engine, guest) {
  return async (count) => {
    let nanoseconds = 0;
    let answer = 0;
    for (let i = 0; i < count; i++) {
      const source = guest();
      const runtime = await createRuntime({ engine });
      /** @type {import('@wasmedge-plugins/core').Instance | undefined} */
      let instance;
      nanoseconds += timed(() => {
        instance = runtime.instantiate(source);
        return 0;
      }).nanoseconds;
      answer += Number(instance?.exports.run?.(1));
      runtime[Symbol.dispose]();
    }
    return { nanoseconds, answer };
  };
}

let seen = 0;

/**
 * The same module in bytes that nobody has seen: with a custom section that has a number in it.
 * @param {Uint8Array} bytes
 */
function neverSeen(bytes) {
  const number = new TextEncoder().encode(String(++seen).padStart(8, '0'));
  return Buffer.concat([bytes, Uint8Array.of(0, 9, 0), number]);
}
