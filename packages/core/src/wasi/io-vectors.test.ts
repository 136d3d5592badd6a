import { expect, test } from 'vitest';
import { resultAt, WasiGuest } from './__fixtures__/wasi-guest.js';
import { moveVectors } from './io-vectors.js';
import { WasiError } from './wasi-error.js';

function moves(goesOn: boolean, move: (pointer: number, length: number, before: number) => number): number {
  using guest = new WasiGuest();
  moveVectors(guest.memory, guest.vectors([512, 2], [600, 3], [700, 4]), 3, resultAt, goesOn, move);
  return guest.result;
}

test('a list is gone through until less was moved than was asked for', () => {
  expect(moves(true, (_pointer, length) => length)).toBe(9);
  expect(moves(true, (_pointer, length, before) => (before === 2 ? 1 : length))).toBe(3);
});

test('a source that might wait is asked once', () => {
  expect(moves(false, (_pointer, length) => length)).toBe(2);
});

test('what was moved before an error is told instead of it (POSIX, write)', () => {
  const failAfter = (limit: number) => (_pointer: number, length: number, before: number) => {
    if (before >= limit) throw new WasiError('nospc');
    return length;
  };
  expect(moves(true, failAfter(2))).toBe(2);
  expect(() => moves(true, failAfter(0))).toThrow(WasiError);
});
