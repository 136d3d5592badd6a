import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, it } from 'vitest';
import { Progress } from './progress.js';

function stream(isTTY: boolean): { said: () => string; stream: WriteStream } {
  const parts: string[] = [];
  const writable = new Writable({
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      done();
    },
  });
  return { said: () => parts.join(''), stream: Object.assign(writable, { isTTY }) as unknown as WriteStream };
}

it('is a bar on a terminal, drawn over itself', () => {
  const terminal = stream(true);
  const progress = new Progress('file', terminal.stream);
  progress.begin(0, 4_000_000);
  progress.at(2_000_000);
  progress.begin(2_000_000, 4_000_000);
  progress.at(4_000_000);
  progress.end();
  const lines = terminal.said().split('\r');
  expect(lines[1]).toBe(`[${'.'.repeat(30)}] 0 % of 4.0 MB file`);
  expect(lines[2]).toBe(`[${'#'.repeat(15)}${'.'.repeat(15)}] 50 % of 4.0 MB file`);
  expect(lines.at(-1)).toBe(`[${'#'.repeat(30)}] 100 % of 4.0 MB file\n`);
});

it('is plain lines elsewhere, and none for each piece', () => {
  const file = stream(false);
  const progress = new Progress('file', file.stream);
  progress.begin(1_000_000, undefined);
  for (let size = 1_000_000; size < 2_000_000; size += 1000) {
    progress.at(size);
  }
  progress.end();
  expect(file.said()).toBe('resuming file at 1.0 MB\ndownloaded file (2.0 MB)\n');
});
