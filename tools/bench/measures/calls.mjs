// @ts-check
import { timed } from '../rounds.mjs';

/**
 * The loops around the calls are made anew for each side, so that what V8 learns in one says nothing about the other.
 * @param {string} parameters
 * @param {string} body
 */
function freshFunction(parameters, body) {
  return /** @type {(...args: unknown[]) => (count: number) => number} */ (
    new Function(parameters, `'use strict'; return function (count) { ${body} };`)
  );
}

/**
 * Host → wasm: adds 0, 1, 2 … one call at a time.
 * @param {unknown} add
 * @returns {import('../rounds.mjs').Side}
 */
export function callGuest(add) {
  const loop = freshFunction(
    'add',
    'let sum = 0; for (let i = 0; i < count; i++) sum = add(sum, i); return sum;',
  )(add);
  return (count) => timed(() => loop(count));
}

/** The host functions that calls.wat imports; `calls` counts those of `nop`. */
export function countingHost() {
  const host = {
    calls: 0,
    nop: () => {
      host.calls++;
    },
    plus: (/** @type {number} */ a, /** @type {number} */ b) => (a + b) | 0,
  };
  return host;
}

/**
 * wasm → host without arguments: the loop is the guest's, the same on both sides, and is part of the time.
 * @param {(count: number) => unknown} callNop
 * @param {{ calls: number }} host
 * @returns {import('../rounds.mjs').Side}
 */
export function callHostNothing(callNop, host) {
  return (count) => {
    host.calls = 0;
    return timed(() => {
      callNop(count);
      return host.calls;
    });
  };
}

/**
 * wasm → host with two arguments and a result; the loop is the guest's as well.
 * @param {(count: number) => unknown} callPlus
 * @returns {import('../rounds.mjs').Side}
 */
export function callHostPlus(callPlus) {
  return (count) => timed(() => Number(callPlus(count)));
}
