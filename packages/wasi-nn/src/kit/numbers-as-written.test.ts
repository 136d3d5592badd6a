import { expect, it } from 'vitest';
import { numbersAsWritten } from './numbers-as-written.js';

it.each([
  ['{"a": 1.0, "b": -2e3, "c": 4}', { a: '1.0', b: '-2e3', c: '4' }],
  ['{"a": {"a": 1.0}, "b": [2.0], "c": 3}', { c: '3' }],
  // A text is no number, whatever it looks like, and a name may be written with escapes.
  ['{"a": "\\"b\\": 1.0", "\\u0063": 1.0}', { c: '1.0' }],
  ['{"a": 1.0, "a": 2}', { a: '2' }],
  ['{"a": 1.0, "a": "x"}', {}],
  ['[1.0]', {}],
  ['3.0', {}],
  ['', {}],
])('finds the numbers of %s', (json, expected) => {
  expect(Object.fromEntries(numbersAsWritten(json))).toEqual(expected);
});
