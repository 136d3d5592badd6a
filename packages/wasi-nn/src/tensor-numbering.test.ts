import { describe, expect, it } from 'vitest';
import { type TensorNumbering, tensorNumberOf, tensorTypeOf } from './tensor-numbering.js';

// The numbers of WasmEdge up to 0.14.1 and from 0.15.0 on (WasmEdge#4068).
const rows: readonly [TensorNumbering, number, number, number, string | undefined][] = [
  ['0.14', 0, 1, 2, 'f16'],
  ['0.14', 1, 1, 4, 'f32'],
  ['0.14', 2, 1, 1, 'u8'],
  ['0.14', 3, 1, 4, 'i32'],
  ['0.14', 4, 1, 4, undefined],
  ['0.15', 0, 1, 2, 'f16'],
  ['0.15', 1, 1, 4, 'f32'],
  ['0.15', 2, 1, 8, 'f64'],
  ['0.15', 3, 1, 1, 'u8'],
  ['0.15', 4, 1, 4, 'i32'],
  ['0.15', 5, 1, 8, 'i64'],
  ['0.15', 6, 1, 8, undefined],
  // Found out by the length of the data.
  ['auto', 2, 6, 6, 'u8'],
  ['auto', 2, 6, 48, 'f64'],
  ['auto', 3, 6, 24, 'i32'],
  ['auto', 3, 6, 6, 'u8'],
  ['auto', 4, 6, 24, 'i32'],
  ['auto', 5, 6, 48, 'i64'],
  ['auto', 1, 6, 24, 'f32'],
  ['auto', 9, 6, 6, undefined],
  // Only the low 8 bits count: 257 acts as 1.
  ['auto', 257, 6, 24, 'f32'],
  ['0.14', 258, 6, 6, 'u8'],
];

describe('the number of an element type', () => {
  it.each(rows)(
    'numbering %s: %i, for %i elements in %i bytes, is %s',
    (numbering, number, elements, bytes, type) => {
      expect(tensorTypeOf(number, numbering, elements, bytes)).toBe(type);
    },
  );

  it('is the one that a guest of that numbering expects', () => {
    expect([tensorNumberOf('u8', '0.14'), tensorNumberOf('u8', '0.15')]).toEqual([2, 3]);
    expect([tensorNumberOf('i32', '0.14'), tensorNumberOf('i32', '0.15')]).toEqual([3, 4]);
    expect([tensorNumberOf('f64', '0.14'), tensorNumberOf('i8', '0.15')]).toEqual([undefined, undefined]);
  });
});
