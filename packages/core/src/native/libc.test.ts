import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../wasi/__fixtures__/temporary-folder.js';
import { libc } from './libc.js';

const found = libc();

function file(flags: number = constants.O_RDWR) {
  const folder = temporaryFolder();
  const name = path.join(folder, 'file');
  writeFileSync(name, 'text');
  const fd = openSync(name, flags);
  onTestFinished(() => closeSync(fd));
  const times = () => {
    const { atimeNs, mtimeNs } = statSync(name, { bigint: true });
    return [atimeNs, mtimeNs];
  };
  return { folder, name, fd, times };
}

test('the C library is opened on Linux and macOS, and nowhere else', () => {
  expect(found !== undefined).toBe(process.platform === 'linux' || process.platform === 'darwin');
});

describe.skipIf(found === undefined)('functions of the C library (POSIX)', () => {
  test('times are set to the nanosecond, and one without the other', () => {
    const { name, fd, times } = file();
    found?.setTimes(fd, 1_700_000_000_123_456_789n, 1_600_000_000_987_654_321n);
    expect(times()).toEqual([1_700_000_000_123_456_789n, 1_600_000_000_987_654_321n]);
    found?.setTimesAt(name, false, undefined, 1n);
    expect(times()).toEqual([1_700_000_000_123_456_789n, 1n]);
    found?.setTimes(fd, 2n, undefined);
    expect(times()).toEqual([2n, 1n]);
    const before = BigInt(Date.now() - 1000) * 1_000_000n;
    found?.setTimesAt(name, true, 'now', undefined);
    expect((times()[0] as bigint) > before).toBe(true);
    expect(times()[1]).toBe(1n);
  });

  test('a link at the end of a path is followed only if told so', () => {
    const { folder, times } = file();
    const link = path.join(folder, 'link');
    symlinkSync('file', link);
    const before = times();
    found?.setTimesAt(link, false, 5n, 5n);
    expect(times()).toEqual(before);
    found?.setTimesAt(link, true, 5n, 5n);
    expect(times()).toEqual([5n, 5n]);
  });

  test('an open file is told to append, and to append no more', () => {
    const { fd, name } = file();
    found?.setStatusFlags(fd, constants.O_APPEND);
    writeSync(fd, 'A', 0);
    expect(readFileSync(name, 'utf8')).toBe('textA');
    found?.setStatusFlags(fd, 0);
    writeSync(fd, 'B', 0);
    expect(readFileSync(name, 'utf8')).toBe('BextA');
  });

  test('an error has the code that Node.js would give it', () => {
    expect(() => found?.setTimes(-1, 0n, 0n)).toThrow(expect.objectContaining({ code: 'EBADF' }));
    expect(() => found?.setTimesAt('/nothing/here', false, 0n, 0n)).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    );
    expect(() => found?.setStatusFlags(-1, 0)).toThrow(expect.objectContaining({ code: 'EBADF' }));
  });

  test('poll tells what is ready, and waits no longer than it is told', () => {
    const folder = temporaryFolder();
    const name = path.join(folder, 'pipe');
    spawnSync('mkfifo', [name]);
    const fd = openSync(name, constants.O_RDWR | constants.O_NONBLOCK);
    onTestFinished(() => closeSync(fd));
    const reading = { fd, reads: true, ready: true, hungUp: true };
    const writing = { fd, reads: false, ready: false, hungUp: false };
    const start = performance.now();
    found?.poll([reading], 20);
    expect(performance.now() - start).toBeGreaterThan(19);
    expect(reading).toMatchObject({ ready: false, hungUp: false });
    found?.poll([reading, writing], 10_000);
    expect([reading.ready, writing.ready]).toEqual([false, true]);
    writeSync(fd, 'x');
    found?.poll([reading], 10_000);
    expect(reading).toMatchObject({ ready: true, hungUp: false });
    expect(performance.now() - start).toBeLessThan(9_000);
  });

  test('poll tells that the other side of a pipe is gone when all is read', () => {
    const name = path.join(temporaryFolder(), 'pipe');
    spawnSync('mkfifo', [name]);
    const fd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
    onTestFinished(() => closeSync(fd));
    const writer = openSync(name, constants.O_WRONLY);
    writeSync(writer, 'x');
    closeSync(writer);
    const reading = { fd, reads: true, ready: false, hungUp: true };
    found?.poll([reading], 10_000);
    expect(reading).toMatchObject({ ready: true, hungUp: false });
    readSync(fd, new Uint8Array(5));
    found?.poll([reading], 10_000);
    expect(reading).toMatchObject({ ready: true, hungUp: true });
  });

  test('the time of the processor grows with work, in steps of its resolution', () => {
    for (const clock of ['process', 'thread'] as const) {
      const start = found?.cpuTime(clock) ?? 0n;
      for (const end = performance.now() + 20; performance.now() < end; );
      const spent = (found?.cpuTime(clock) ?? 0n) - start;
      expect(spent).toBeGreaterThan(0n);
      expect(found?.cpuResolution(clock)).toBeGreaterThan(0n);
      expect(found?.cpuResolution(clock)).toBeLessThanOrEqual(10_000_000n);
    }
  });
});
