import { describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { checkNesting } from './__fixtures__/bounds.js';
import { richModule } from './__fixtures__/modules.js';
import { encodeNumber } from './rewrite-section.js';

/** LEB128 of an index where a signed number is read, as in the type of a reference. */
const signed = (index: number) => {
  const bytes = encodeNumber(index);
  const last = bytes.length - 1;
  if (((bytes[last] ?? 0) & 0x40) === 0) return bytes;
  return [...bytes.slice(0, last), (bytes[last] ?? 0) | 0x80, 0];
};
const reference = (index: number) => [0x63, ...signed(index)];
const section = (id: number, content: readonly number[]) => [id, ...encodeNumber(content.length), ...content];
const moduleOf = (types: readonly (readonly number[])[], imports: readonly number[] = []) =>
  Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [...encodeNumber(types.length), ...types.flat()]),
    ...(imports.length === 0 ? [] : section(2, imports)),
  ]);
/** Structs of which each has `width` references to the one before, the first of which holds `leaf`. */
const nested = (length: number, width: number, first = 0, leaf = 0x7f) => [
  [0x5f, 1, leaf, 0],
  ...Array.from({ length: length - 1 }, (_, index) => [
    ...[0x5f, width],
    ...Array.from({ length: width }, () => [...reference(first + index), 0]).flat(),
  ]),
];
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'ERR_INVALID_GUEST', message: expect.stringMatching(message) });

// Measured on libwasmedge 0.17.1: two such types of 24 levels take 0.2 s to compare, each level more takes twice as long; chains of
// 150,000 types end the process.
describe('types that libwasmedge could not compare', () => {
  it('are refused where they are defined twice', () => {
    const twice = (length: number) => moduleOf([...nested(length, 2), ...nested(length, 2, length)]);
    expect(() => checkNesting(twice(5))).not.toThrow();
    expect(() => checkNesting(twice(40))).toThrow(refusal(/parts in a type that is defined twice/));
  });

  it('are refused where they are deep, also when they differ in the end', () => {
    expect(() => checkNesting(moduleOf(nested(1000, 1)))).not.toThrow();
    const deep = [...nested(2000, 1), ...nested(2000, 1, 2000, 0x7e)];
    expect(() => checkNesting(moduleOf(deep))).toThrow(refusal(/1001 types nested in each other/));
  });

  it('are refused as types of imports, which are compared with those of another guest', () => {
    const importing = (length: number) =>
      moduleOf(
        [...nested(length, 2), [0x60, 1, ...reference(length - 1), 0]],
        [1, 1, 0x61, 1, 0x61, 0, ...encodeNumber(length)],
      );
    expect(() => checkNesting(importing(10))).not.toThrow();
    expect(() => checkNesting(importing(40))).toThrow(refusal(/parts in the type of an import/));
    const global = moduleOf(nested(40, 2), [1, 1, 0x61, 1, 0x61, 3, ...reference(39), 0]);
    expect(() => checkNesting(global)).toThrow(refusal(/parts in the type of an import/));
  });

  it('are taken where each is defined once, and in groups', () => {
    expect(() => checkNesting(moduleOf(nested(40, 2)))).not.toThrow();
    const group = (first: number) => [
      0x4e,
      2,
      ...[0x5f, 1, ...reference(first + 1), 0],
      ...[0x5f, 1, ...reference(first), 0],
    ];
    expect(() =>
      checkNesting(moduleOf([group(0), group(2), [0x50, 1, 0, 0x5f, 1, 0x63, 1, 0]])),
    ).not.toThrow();
    expect(() => checkNesting(wat(richModule))).not.toThrow();
  });
});
