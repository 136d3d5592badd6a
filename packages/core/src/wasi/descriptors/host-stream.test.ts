import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { HostStream } from './host-stream.js';

const forEver = () => Number.POSITIVE_INFINITY;

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
    expect(new HostStream(fd, forEver).read(bytes, true)).toBe(5);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('hello');
  });

  test('answers again at once when the guest does not want to wait', () => {
    const { fd } = pipe(constants.O_RDWR);
    expect(() => new HostStream(fd, forEver).read(new Uint8Array(1), false)).toThrow('again');
  });

  test('is written when there is room, without loss', async () => {
    const { fd, name } = pipe(constants.O_RDWR);
    const child = later('sleep 0.1; head -c 1000000 "$1" | wc -c', name);
    const answer = new Promise<string>((resolve) =>
      child.stdout?.once('data', (data) => resolve(String(data))),
    );
    const stream = new HostStream(fd, forEver);
    const bytes = new Uint8Array(100_000);
    let written = 0;
    while (written < 1_000_000) written += stream.write(bytes.subarray(0, 1_000_000 - written), true);
    expect((await answer).trim()).toBe('1000000');
  });
});

// What POSIX says of poll(2), read(2) and write(2) on pipes; a pipe of Linux has room for 65,536 bytes.
describe.skipIf(process.platform === 'win32')('a stream that is not in non-blocking mode', () => {
  function blocking(): { fd: number; name: string } {
    const { name } = pipe(constants.O_RDWR);
    const fd = openSync(name, constants.O_RDWR);
    onTestFinished(() => closeSync(fd));
    return { fd, name };
  }

  test('answers again at once when the guest does not want to wait, and what is there', () => {
    const { fd } = blocking();
    const stream = new HostStream(fd, forEver);
    expect(() => stream.read(new Uint8Array(1), false)).toThrow('again');
    writeSync(fd, 'hello');
    expect(stream.read(new Uint8Array(3), false)).toBe(3);
    expect(stream.read(new Uint8Array(3), false)).toBe(2);
    let written = 0;
    expect(() => {
      for (;;) written += stream.write(new Uint8Array(50_000), false);
    }).toThrow('again');
    expect(written).toBeGreaterThan(0);
    expect(() => stream.write(new Uint8Array(1), false)).toThrow('again');
  });

  test('is waited for no longer than the guest may run', () => {
    const { fd } = blocking();
    const end = performance.now() + 50;
    const stream = new HostStream(fd, () => Math.max(0, end - performance.now()));
    expect(() => stream.read(new Uint8Array(1), true)).toThrow('timedout');
    expect(() => stream.write(new Uint8Array(200_000), true)).toThrow('timedout');
    expect(performance.now()).toBeLessThan(end + 10_000);
  });
});
