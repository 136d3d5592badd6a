// @ts-check
import { createRuntime, hostFunction, hostModule, signature } from '@wasmedge-plugins/core';
import { countingHost } from './calls.mjs';

/** @typedef {import('@wasmedge-plugins/core').EngineName} EngineName */

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
  const { exports } = runtime.instantiate(bytes, {
    exports: {
      add: signature(['i32', 'i32'], ['i32']),
      callNop: signature(['i32'], []),
      callPlus: signature(['i32'], ['i32']),
    },
  });
  return { host, runtime, exports };
}

/**
 * One runtime created and disposed.
 * @param {EngineName} engine
 * @returns {import('../rounds.mjs').Side}
 */
export function createAndDispose(engine) {
  return async (count) => {
    const begin = process.hrtime.bigint();
    let answer = 0;
    for (; answer < count; answer++) {
      const runtime = await createRuntime({ engine });
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
      const { runtime, exports } = await openCalls(engine, bytes);
      answer += exports.add(40, 2);
      runtime[Symbol.dispose]();
    }
    return { nanoseconds: Number(process.hrtime.bigint() - begin), answer };
  };
}
