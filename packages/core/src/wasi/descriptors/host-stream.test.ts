import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { readHostStream, writeHostStream } from './host-stream.js';

// A named pipe in non-blocking mode behaves as a standard stream that another process has put into that mode.
function pipe(mode: number): { fd: number; name: string } {
  const name = path.join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [name]);
  const fd = openSync(name, mode | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(fd));
  return { fd, name };
}

function later(script: string, name: string): ChildProcess {
  return spawn('sh', ['-c', script, 'sh', name], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe.skipIf(process.platform === 'win32')('a stream in non-blocking mode', () => {
  test('is read when there is input, not before', () => {
    const { fd, name } = pipe(constants.O_RDWR);
    later('sleep 0.1; printf hello > "$1"', name);
    const bytes = new Uint8Array(10);
    expect(readHostStream(fd, bytes, true)).toBe(5);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('hello');
  });

  test('answers again at once when the guest does not want to wait', () => {
    const { fd } = pipe(constants.O_RDWR);
    expect(() => readHostStream(fd, new Uint8Array(1), false)).toThrow(
      expect.objectContaining({ code: 'EAGAIN' }),
    );
  });

  test('is written when there is room, without loss', async () => {
    const { fd, name } = pipe(constants.O_RDWR);
    const child = later('sleep 0.1; head -c 1000000 "$1" | wc -c', name);
    const answer = new Promise<string>((resolve) =>
      child.stdout?.once('data', (data) => resolve(String(data))),
    );
    const bytes = new Uint8Array(100_000);
    let written = 0;
    while (written < 1_000_000) written += writeHostStream(fd, bytes.subarray(0, 1_000_000 - written), true);
    expect((await answer).trim()).toBe('1000000');
  });
});
