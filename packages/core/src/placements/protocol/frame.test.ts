import { describe, expect, it } from 'vitest';
import { FrameReader, frameOf, readFrame } from './frame.js';
import type { Message } from './messages.js';

const header = (head: number, bytes: number) => {
  const made = new Uint8Array(8);
  const view = new DataView(made.buffer);
  view.setUint32(0, head, true);
  view.setUint32(4, bytes, true);
  return made;
};

describe('frames', () => {
  const messages: readonly Message[] = [
    { kind: 'none' },
    { kind: 'empty', bytes: new Uint8Array(0) },
    { kind: 'some', bytes: Uint8Array.of(1, 2, 3) },
    { kind: 'many', bytes: new Uint8Array(40 * 1024 * 1024).map((_, index) => index % 251) },
  ];

  it.each([7, 1 << 16, 1 << 30])('come back from pieces of %i bytes', (size) => {
    const received: Message[] = [];
    const reader = new FrameReader((message) => received.push(message));
    const sent = size === 7 ? messages.slice(0, 3) : messages;
    for (const message of sent) {
      for (const part of frameOf(message)) {
        for (let at = 0; at < part.length; at += size) reader.push(part.subarray(at, at + size));
      }
    }
    expect(received.map(({ kind }) => kind)).toEqual(sent.map(({ kind }) => kind));
    received.forEach(({ bytes }, index) => {
      const expected = sent[index]?.bytes;
      expect(bytes === undefined).toBe(expected === undefined);
      if (bytes !== undefined) expect(Buffer.compare(bytes, expected as Uint8Array)).toBe(0);
    });
  });

  it('take no more memory than has arrived when their lengths are lies', () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 20 }, () => new FrameReader(() => {}));
    for (const reader of readers) reader.push(header(2 ** 28, 0xffff_ffff));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 30);
  });

  it('that are longer than they may be are refused before anything of them has come', () => {
    const refusal = expect.objectContaining({ code: 'ERR_CANNOT_CROSS' });
    const headOf = (bytes: Uint8Array, most?: () => number) => () =>
      new FrameReader(() => {}, most).push(bytes);
    expect(headOf(header(2 ** 28 + 1, 0))).toThrow(refusal);
    expect(headOf(header(10, 102), () => 100)).toThrow(refusal);
    expect(headOf(header(10, 101), () => 100)).not.toThrow();
    let filled = 0;
    const fill = (bytes: Uint8Array) => {
      filled += bytes.byteLength;
      bytes.set(header(0xffff_ffff, 0));
    };
    expect(() => readFrame(fill)).toThrow(refusal);
    expect(filled).toBe(8);
  });

  it('that are nonsense are refused', () => {
    const reader = new FrameReader(() => {});
    expect(() => reader.push(Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3))).toThrow();
    expect(() => readFrame((bytes) => bytes.fill(1, 0, 1))).toThrow();
  });
});
