import { Buffer } from 'node:buffer';
import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { transform } from './transform.js';

const mebibyte = 1 << 20;

describe('transform', () => {
  it.each([
    ['before the input', 8, 0],
    ['on the input', 0, 0],
    ['one byte behind', 0, 1],
    ['in the middle of the input', 0, 300_001],
    ['behind the input', 0, 700_000],
  ])('gives the same wherever the output lies: %s', (_name, dataStart, outputStart) => {
    const length = 700_000;
    const bytes = Buffer.from(Array.from({ length }, (_value, index) => index % 251));
    const cipher = () => createCipheriv('aes-256-ctr', Buffer.alloc(32), Buffer.alloc(16));
    const memory = new Uint8Array(2 * length + 8);
    memory.set(bytes, dataStart);
    const output = memory.subarray(outputStart, outputStart + length);
    transform(cipher(), output, memory.subarray(dataStart, dataStart + length));
    expect(Buffer.compare(output, cipher().update(bytes))).toBe(0);
  });

  it('copies no more than a chunk to the host', () => {
    const length = 64 * mebibyte;
    const memory = new Uint8Array(length + 1);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const cipher = {
      update(data: Uint8Array) {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      },
    };
    transform(cipher, memory.subarray(1), memory.subarray(0, length));
    expect(most).toBeLessThan(mebibyte);
  });
});
