import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import { AGAIN, FD_READ, FD_WRITE, POLL_FD_READWRITE, TIMEDOUT } from '../__fixtures__/preview1.js';

// Expected: POSIX, `open` and `read` on a FIFO. Errno 60 is nxio.
const NXIO = 60;
const nonblock = 4;

function withPipe(remainingMs?: () => number) {
  const made = guestWithFolder(remainingMs === undefined ? {} : { remainingMs });
  const name = path.join(made.folder, 'pipe');
  execFileSync('mkfifo', [name]);
  const open = (mode: number) => {
    const fd = openSync(name, mode | constants.O_NONBLOCK);
    onTestFinished(() => closeSync(fd));
    return fd;
  };
  return { ...made, name, open };
}

describe.skipIf(process.platform === 'win32')('a named pipe in a folder', () => {
  test('is opened for reading when a writer comes, and read when there is something', () => {
    const { guest, name } = withPipe();
    using _guest = guest;
    const child = spawn('sh', ['-c', 'sleep 0.1; exec 3>"$1"; sleep 0.1; echo data >&3', 'sh', name]);
    onTestFinished(() => void child.kill());
    const fd = guest.open('pipe', { rights: FD_READ });
    expect(guest.read(fd)).toBe('data\n');
    expect(guest.read(fd)).toBe('');
  });

  test('what was there when it was opened is read in its order', () => {
    const { guest, open } = withPipe();
    using _guest = guest;
    const writer = open(constants.O_RDWR);
    writeSync(writer, 'data');
    const fd = guest.open('pipe', { rights: FD_READ });
    expect([guest.read(fd, 0), guest.read(fd, 1), guest.read(fd, 2), guest.read(fd)]).toEqual([
      '',
      'd',
      'at',
      'a',
    ]);
    writeSync(writer, 'more');
    expect(guest.read(guest.open('pipe', { rights: FD_READ }))).toBe('more');
  });

  test('that must not wait does not', () => {
    const { guest, open } = withPipe();
    using _guest = guest;
    expect(guest.open('pipe', { rights: FD_WRITE, fdFlags: nonblock })).toBe(-NXIO);
    const fd = guest.open('pipe', { rights: FD_READ, fdFlags: nonblock });
    expect(guest.read(fd)).toBe('');
    const writer = open(constants.O_WRONLY);
    expect(guest.read(fd)).toBe(AGAIN);
    writeSync(writer, 'x');
    expect(guest.read(fd)).toBe('x');
  });

  test('is polled as poll(2) tells', () => {
    const { guest, open } = withPipe();
    using _guest = guest;
    const writer = open(constants.O_RDWR);
    const fd = guest.open('pipe', { rights: FD_READ | POLL_FD_READWRITE });
    // Two subscriptions: reading it (eventtype 1), and a clock (0): over soon where there is nothing to read, and else later than a busy machine takes.
    const poll = (milliseconds: bigint) => {
      guest.memory.fill(512, 96, 0);
      guest.memory.writeU64(512, 7n);
      guest.memory.writeU8(520, 1);
      guest.memory.writeU32(528, fd);
      guest.memory.writeU64(560, 8n);
      guest.memory.writeU32(576, 1);
      guest.memory.writeU64(584, milliseconds * 1_000_000n);
      expect(guest.call('poll_oneoff', 512, 1024, 2, 64)).toBe(0);
      return Array.from({ length: guest.result }, (_, index) => guest.memory.readU64(1024 + 32 * index));
    };
    expect(poll(1n)).toEqual([8n]);
    writeSync(writer, 'x');
    expect(poll(60_000n)).toEqual([7n]);
    // What was there when it was opened is there, whoever holds it.
    const again = guest.open('pipe', { rights: FD_READ | POLL_FD_READWRITE });
    guest.call('fd_renumber', again, fd);
    expect(poll(60_000n)).toEqual([7n]);
    expect(guest.read(fd)).toBe('x');
    expect(poll(1n)).toEqual([8n]);
  });

  test('is opened for writing when there is a reader', () => {
    const { guest, open } = withPipe();
    using _guest = guest;
    const reader = open(constants.O_RDONLY);
    const fd = guest.open('pipe', { rights: FD_WRITE });
    expect(guest.write(fd, 'text')).toBe(0);
    const bytes = new Uint8Array(10);
    expect(readSync(reader, bytes)).toBe(4);
  });

  test('is waited for no longer than the guest may run', () => {
    const { guest, open } = withPipe(() => 0);
    using _guest = guest;
    expect(guest.open('pipe', { rights: FD_READ })).toBe(-TIMEDOUT);
    expect(guest.open('pipe', { rights: FD_WRITE })).toBe(-TIMEDOUT);
    open(constants.O_RDWR);
    expect(guest.read(guest.open('pipe', { rights: FD_READ }))).toBe(TIMEDOUT);
  });
});
