import { describe, expect, it } from 'vitest';
import { CallRecord, recordSize } from './call-record.js';

describe('the record of host calls', () => {
  it('tells the last one, and whether it has returned', () => {
    const record = new CallRecord(new SharedArrayBuffer(recordSize));
    expect(record.read()).toBeUndefined();
    const [first, second] = [record.placeOf('m.first'), record.placeOf('m.zweite ü')];
    expect(record.placeOf('m.first')).toBe(first);
    record.words[0] = second;
    expect(record.read()).toEqual({ name: 'm.zweite ü', hasReturned: false });
    record.words[0] = -first;
    expect(record.read()).toEqual({ name: 'm.first', hasReturned: true });
  });

  it('has room for so many names, and knows no other', () => {
    const record = new CallRecord(new ArrayBuffer(recordSize));
    const places = Array.from({ length: 100 }, (_, index) => record.placeOf(`${index}`.padEnd(1000, 'x')));
    expect(places.filter((place) => place !== 0).length).toBe(65);
    expect(record.placeOf('y'.repeat(1025))).toBe(0);
    record.words[0] = places.at(-1) as number;
    expect(record.read()).toBeUndefined();
  });

  it('is read with care', () => {
    const memory = new Uint8Array(recordSize).fill(0xff);
    const record = new CallRecord(memory.buffer);
    for (const word of [4, 8, -8, recordSize - 1, recordSize, 2 ** 31 - 1, -(2 ** 31)]) {
      record.words[0] = word;
      expect(record.read()).toBeUndefined();
    }
    memory.set([0xff, 3], recordSize - 2);
    record.words[0] = recordSize - 2;
    expect(record.read()?.name ?? '').toBe('');
  });
});
