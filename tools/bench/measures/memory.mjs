// @ts-check
import { timed } from '../rounds.mjs';
import { sumOf } from './instantiation.mjs';

/** @typedef {import('@wasmedge-plugins/core').GuestMemory} GuestMemory */

const mebibyte = 1 << 20;
const pointer = 65536;

/**
 * @param {number} factor
 * @param {Uint8Array} bytes
 */
function fillPattern(factor, bytes) {
  for (let i = 0; i < mebibyte; i++) bytes[i] = i * factor + (i >> 8);
}

/**
 * 1 MiB copied into guest memory.
 * @param {GuestMemory} memory
 * @returns {import('../rounds.mjs').Side}
 */
export function writeMemory(memory) {
  const bytes = new Uint8Array(mebibyte);
  fillPattern(7, bytes);
  return (count) => {
    const { nanoseconds } = timed(() => {
      for (let i = 0; i < count; i++) memory.write(pointer, bytes);
      return 0;
    });
    return { nanoseconds, answer: memory.borrow(pointer, mebibyte, sumOf) };
  };
}

/**
 * 1 MiB copied out of guest memory. Each copy is a new array, which C's one buffer is not.
 * @param {GuestMemory} memory
 * @returns {import('../rounds.mjs').Side}
 */
export function readMemory(memory) {
  return (count) => {
    memory.borrow(pointer, mebibyte, (bytes) => fillPattern(5, bytes));
    let copy = new Uint8Array(0);
    const { nanoseconds } = timed(() => {
      for (let i = 0; i < count; i++) copy = memory.read(pointer, mebibyte);
      return 0;
    });
    return { nanoseconds, answer: sumOf(copy) };
  };
}
