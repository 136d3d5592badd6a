import { expect, it } from 'vitest';
import { fromJavaScript, toJavaScript } from './javascript-values.js';
import type { ScriptValue } from './script.js';
import { isExpected, isSignallingNan } from './values.js';

// IEEE 754: the exponent of a NaN is all ones, its fraction is not 0, and the first bit of that is 1 for a quiet one. WebAssembly 2.0, "Floating-Point":
// canonical is only that bit, arithmetic any with that bit.
it.each<[given: bigint, value: string, fits: boolean]>([
  [0x7fc0_0000n, 'nan:canonical', true],
  [0xffc0_0000n, 'nan:canonical', true],
  [0x7fc0_0001n, 'nan:canonical', false],
  [0x7fc0_0001n, 'nan:arithmetic', true],
  [0x7fa0_0000n, 'nan:arithmetic', false],
  [0x7f80_0000n, 'nan:arithmetic', false],
  [0x3f80_0000n, 'nan:canonical', false],
  [0x3f80_0000n, '1065353216', true],
  [0x8000_0000n, '0', false],
])('an f32 of the bits %s as %s', (bits, value, fits) => {
  expect(isExpected({ bits }, { type: 'f32', value })).toBe(fits);
});

it('looks at each lane, the first in the lowest bits', () => {
  const wanted: ScriptValue = { type: 'v128', lane_type: 'f64', value: ['0', 'nan:canonical'] };
  expect(isExpected({ bits: 0x7ff8_0000_0000_0000n << 64n }, wanted)).toBe(true);
  expect(isExpected({ bits: 0x7ff8_0000_0000_0000n }, wanted)).toBe(false);
});

it('takes a NaN of JavaScript for any NaN, and for nothing else', () => {
  for (const [value, fits] of [
    ['nan:canonical', true],
    ['2143289345', true],
    ['0', false],
  ] as const) {
    expect(isExpected({ nan: true }, { type: 'f32', value })).toBe(fits);
  }
  expect(isExpected({ nan: true }, { type: 'i32', value: '2143289345' })).toBe(false);
});

it.each<[unknown, ScriptValue, boolean]>([
  [null, { type: 'externref', value: 'null' }, true],
  [null, { type: 'externref' }, false],
  [() => {}, { type: 'funcref' }, true],
  [() => {}, { type: 'funcref', value: 'null' }, false],
])('the reference %s as %o', (given, wanted, fits) => {
  expect(isExpected(fromJavaScript(given, wanted.type), wanted)).toBe(fits);
});

it('gives back the values that it passes, and tells the references of the host apart', () => {
  for (const value of [
    { type: 'i32', value: '4294967295' },
    { type: 'i64', value: '18446744073709551615' },
    { type: 'f32', value: '2147483648' },
    { type: 'f64', value: '4607182418800017409' },
    { type: 'externref', value: '7' },
    { type: 'v128', lane_type: 'i8', value: Array.from({ length: 16 }, (_, index) => String(index)) },
  ]) {
    expect(isExpected(fromJavaScript(toJavaScript(value), value.type), value)).toBe(true);
  }
  const seven = toJavaScript({ type: 'externref', value: '7' });
  expect(isExpected(fromJavaScript(seven, 'externref'), { type: 'externref', value: '8' })).toBe(false);
});

it('knows signalling NaNs', () => {
  const floats = ['2141192192', '2143289344', '2139095040', '0'];
  expect(floats.map((value) => isSignallingNan({ type: 'f32', value }))).toEqual([true, false, false, false]);
  expect(isSignallingNan({ type: 'i32', value: '2141192192' })).toBe(false);
});
