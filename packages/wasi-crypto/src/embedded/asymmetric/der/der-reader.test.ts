import { describe, expect, it } from 'vitest';
import { bytesOf, hexOf, outcomeOf } from '../__fixtures__/outcomes.js';
import { DerReader, derTag } from './der-reader.js';

const readerOf = (digits: string) => new DerReader(bytesOf(digits));

// X.690: what BER allows and DER does not.
describe('DerReader', () => {
  it.each([
    ['another tag', '0400'],
    ['nothing', ''],
    ['a tag without a length', '30'],
    ['the indefinite length (8.1.3.6)', '30800000'],
    ['a length of one byte in two (10.1)', '308101aa'],
    ['a length of two bytes in three (10.1)', '30820080'.padEnd(8 + 256, '0')],
    ['a length that is longer than what follows', '3002aa'],
    ['a length of four bytes', '308400000001aa'],
    ['a length that ends too early', '3082aa'],
  ])('refuses %s', (_name, digits) => {
    expect(outcomeOf(() => readerOf(digits).take(derTag.sequence))).toBe('invalid_key');
  });

  it.each([
    ['no bytes', '0200'],
    ['a negative number', '0201ff'],
    ['a needless zero (8.3.2)', '0202007f'],
  ])('refuses an integer of %s', (_name, digits) => {
    expect(outcomeOf(() => readerOf(digits).takeInteger())).toBe('invalid_key');
  });

  it('reads integers, bits, and elements one after the other', () => {
    const reader = readerOf('300f0201000202008003020008050004020102');
    const inside = reader.enter(derTag.sequence);
    expect(hexOf(inside.takeInteger())).toBe('00');
    expect(hexOf(inside.takeInteger())).toBe('80');
    expect(hexOf(inside.takeBits())).toBe('08');
    expect(hexOf(inside.takeWhole(derTag.null))).toBe('0500');
    expect(outcomeOf(() => inside.end())).toBe('invalid_key');
    expect(hexOf(inside.rest())).toBe('0402');
    inside.end();
    expect(hexOf(reader.rest())).toBe('0102');
  });

  it('reads lengths of two bytes', () => {
    expect(readerOf(`30820100${'00'.repeat(256)}`).take(derTag.sequence)).toHaveLength(256);
    expect(outcomeOf(() => readerOf('03020108').takeBits())).toBe('invalid_key');
  });
});
