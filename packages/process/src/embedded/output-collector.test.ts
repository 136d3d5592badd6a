import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { OutputCollector } from './output-collector.js';

it('keeps the order of chunks of any size, across its blocks', async () => {
  const stream = new PassThrough();
  const collector = new OutputCollector(stream, 1 << 20, () => expect.unreachable());
  const all = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index * 31));
  let at = 0;
  for (let round = 0; at < all.byteLength; round += 1) {
    const length = [1, 0, 65_536, 7, 65_535, 100_000][round % 6] as number;
    stream.write(all.subarray(at, at + length));
    at += length;
  }
  stream.end();
  await collector.closed;
  expect(Buffer.compare(collector.bytes(), all)).toBe(0);
});

it('keeps no more than a few times the bytes that it was given, one by one', async () => {
  const stream = new PassThrough();
  const collector = new OutputCollector(stream, 1 << 20, () => expect.unreachable());
  const before = process.memoryUsage();
  for (let round = 0; round < 400_000; round += 1) {
    stream.emit('data', Buffer.from([round]));
  }
  const { heapUsed, external } = process.memoryUsage();
  // One object for each byte is 80 bytes and more.
  expect(collector.bytes().byteLength).toBe(400_000);
  expect(heapUsed + external - before.heapUsed - before.external).toBeLessThan(100 * 400_000);
  stream.destroy();
});
