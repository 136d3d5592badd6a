// @ts-check
import { createRuntime, hostFunction, hostModule } from '../../../packages/core/dist/index.js';
import { countingHost } from './calls.mjs';

/** @typedef {import('../../../packages/core/dist/index.js').EngineName} EngineName */

/**
 * The module "env" that calls.wat imports.
 * @param {ReturnType<typeof countingHost>} host
 */
export function envModule(host) {
  return hostModule('env', {
    nop: hostFunction([], [], () => host.nop()),
    plus: hostFunction(['i32', 'i32'], ['i32'], (_caller, a, b) => host.plus(a, b)),
  });
}

/**
 * A runtime with calls.wat in it.
 * @param {EngineName} engine
 * @param {Uint8Array} bytes
 */
export async function openCalls(engine, bytes) {
  const host = countingHost();
  const runtime = await createRuntime({ engine, hostModules: [envModule(host)] });
  return { host, runtime, instance: runtime.instantiate(bytes) };
}

/**
 * One runtime created and disposed.
 * @param {EngineName} engine
 * @returns {import('../rounds.mjs').Side}
 */
export function createAndDispose(engine) {
  return async (count) => {
    let answer = 0;
    const begin = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      const runtime = await createRuntime({ engine });
      answer += Number(runtime.report().engine === engine);
      runtime[Symbol.dispose]();
    }
    return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
  };
}

/**
 * One runtime created with two host functions, a small guest instantiated and called once, all disposed.
 * @param {EngineName} engine
 * @param {Uint8Array} bytes
 * @returns {import('../rounds.mjs').Side}
 */
export function createAndUse(engine, bytes) {
  return async (count) => {
    let answer = 0;
    const begin = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      const { runtime, instance } = await openCalls(engine, bytes);
      answer += Number(instance.exports.add?.(40, 2));
      runtime[Symbol.dispose]();
    }
    return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
  };
}
