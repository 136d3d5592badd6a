// @ts-check
import { createRuntime, hostFunction, hostModule, readModuleTypes } from '@wasmedge-plugins/core';
import { timed } from '../rounds.mjs';

/**
 * @typedef {import('@wasmedge-plugins/core').EngineName} EngineName
 * @typedef {import('@wasmedge-plugins/core').Instance} Instance
 * @typedef {import('@wasmedge-plugins/core').Runtime} Runtime
 */

/**
 * A guest instantiated and disposed in a runtime that is there already, which knows its bytes from the warm-up on.
 * @param {Runtime} runtime
 * @param {import('@wasmedge-plugins/core').GuestSource} guest
 * @param {(instance: Instance) => number} answerOf asked of the last instance, after the clock has stopped
 * @returns {import('../rounds.mjs').Side}
 */
export function instantiate(runtime, guest, answerOf) {
  return (count) => {
    /** @type {Instance | undefined} */
    let last;
    const { nanoseconds } = timed(() => {
      for (let i = 0; i < count; i++) {
        last?.[Symbol.dispose]();
        last = runtime.instantiate(guest);
      }
      return 0;
    });
    const answer = last === undefined ? 0 : answerOf(last);
    last?.[Symbol.dispose]();
    return { nanoseconds, answer };
  };
}

/**
 * A runtime that provides every import of a guest: WASI is core's own, the others are host functions that answer 0.
 * @param {EngineName} engine
 * @param {Uint8Array} bytes
 */
export function runtimeFor(engine, bytes) {
  /** @type {Record<string, Record<string, import('@wasmedge-plugins/core').HostFunction>>} */
  const modules = {};
  for (const { module, name, type } of readModuleTypes(bytes).imports) {
    if (type.kind === 'function' && type.signature !== undefined && module !== 'wasi_snapshot_preview1') {
      const { params, results } = type.signature;
      modules[module] ??= {};
      modules[module][name] = hostFunction(params, results, () => (results.length === 0 ? undefined : 0));
    }
  }
  const hostModules = Object.entries(modules).map(([name, functions]) => hostModule(name, functions));
  return createRuntime({ engine, hostModules });
}

/**
 * All bytes of a guest's memory, added up.
 * @param {Uint8Array} bytes
 */
export function sumOf(bytes) {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum;
}
