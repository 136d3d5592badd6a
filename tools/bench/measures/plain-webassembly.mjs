// @ts-check
import { timed } from '../rounds.mjs';
import { countingHost } from './calls.mjs';

/** @typedef {Record<string, (...args: number[]) => unknown>} Functions */

/**
 * calls.wat on WebAssembly as Node has it.
 * @param {Uint8Array} bytes
 */
export function openPlainCalls(bytes) {
  const host = countingHost();
  const env = {
    nop: () => host.nop(),
    plus: (/** @type {number} */ a, /** @type {number} */ b) => host.plus(a, b),
  };
  return { host, exports: instance(bytes, { env }) };
}

/**
 * @param {Uint8Array} bytes
 * @param {WebAssembly.Imports} imports
 */
function instance(bytes, imports) {
  const module = new WebAssembly.Module(/** @type {BufferSource} */ (bytes));
  return /** @type {Functions} */ (new WebAssembly.Instance(module, imports).exports);
}

/**
 * calls.wat compiled and instantiated.
 * @param {Uint8Array} bytes
 * @returns {import('../rounds.mjs').Side}
 */
export function instantiatePlain(bytes) {
  const imports = { env: countingHost() };
  return (count) => {
    /** @type {Functions} */
    let last = {};
    const { nanoseconds } = timed(() => {
      for (let i = 0; i < count; i++) last = instance(bytes, imports);
      return 0;
    });
    return { nanoseconds, answer: Number(last.add?.(40, 2)) };
  };
}

/**
 * calls.wat instantiated, compiled before.
 * @param {Uint8Array} bytes
 * @returns {import('../rounds.mjs').Side}
 */
export function instantiateCompiledPlain(bytes) {
  const imports = { env: countingHost() };
  const module = new WebAssembly.Module(/** @type {BufferSource} */ (bytes));
  return (count) => {
    /** @type {Functions} */
    let last = {};
    const { nanoseconds } = timed(() => {
      for (let i = 0; i < count; i++) {
        last = /** @type {Functions} */ (new WebAssembly.Instance(module, imports).exports);
      }
      return 0;
    });
    return { nanoseconds, answer: Number(last.add?.(40, 2)) };
  };
}

/**
 * calls.wat with host functions of its own, instantiated and called once.
 * @param {Uint8Array} bytes
 * @returns {import('../rounds.mjs').Side}
 */
export function usePlain(bytes) {
  return (count) =>
    timed(() => {
      let answer = 0;
      for (let i = 0; i < count; i++) answer += Number(openPlainCalls(bytes).exports.add?.(40, 2));
      return answer;
    });
}
