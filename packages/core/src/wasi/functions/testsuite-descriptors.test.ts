import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import {
  BADF,
  FBIG,
  FD_READ,
  FD_SEEK,
  FD_TELL,
  FD_WRITE,
  INVAL,
  ISDIR,
  NAMETOOLONG,
  NOTCAPABLE,
  NOTDIR,
  O_CREAT,
  O_DIRECTORY,
  SPIPE,
} from '../__fixtures__/preview1.js';
import { resultAt, type WasiGuest } from '../__fixtures__/wasi-guest.js';

// What the preview 1 programs of WebAssembly/wasi-testsuite state about descriptors, by the name of the program.

const rightsOf = (guest: WasiGuest, fd: number) => {
  expect(guest.call('fd_fdstat_get', fd, 512)).toBe(0);
  return [guest.memory.readU64(520), guest.memory.readU64(528)] as [bigint, bigint];
};
const sizeOf = (guest: WasiGuest, fd: number) => {
  expect(guest.call('fd_filestat_get', fd, 512)).toBe(0);
  return guest.memory.readU64(512 + 32);
};

test('dir_fd_op_failures, directory_seek: what is for files only fails on a folder', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  mkdirSync(path.join(folder, 'dir'));
  const one = guest.vectors([600, 128]);
  for (const fd of [3, guest.open('dir', { flags: O_DIRECTORY, rights: FD_SEEK, inheriting: 0n })]) {
    expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_read', fd, one, 1, resultAt));
    expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_pread', fd, one, 1, 0n, resultAt));
    expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_write', fd, one, 1, resultAt));
    expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_pwrite', fd, one, 1, 0n, resultAt));
    for (const whence of [0, 1, 2]) {
      expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_seek', fd, 0n, whence, resultAt));
    }
    expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_tell', fd, resultAt));
    expect([ISDIR, BADF, NOTCAPABLE]).toContain(guest.call('fd_allocate', fd, 0n, 1n));
    expect([ISDIR, INVAL, BADF, NOTCAPABLE]).toContain(guest.call('fd_filestat_set_size', fd, 0n));
    expect(rightsOf(guest, fd)[0] & FD_SEEK).toBe(0n);
  }
});

test('names of preopened folders are asked for until a number answers badf', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  expect(guest.call('fd_prestat_dir_name', 3, 600, 0)).toBe(NAMETOOLONG);
  expect(guest.call('fd_prestat_dir_name', 3, 600, 6)).toBe(0);
  const file = guest.open('file', { flags: O_CREAT });
  for (const fd of [0, 1, 2, file, guest.open('.', { flags: O_DIRECTORY }), 99]) {
    expect(guest.call('fd_prestat_get', fd, 512)).toBe(BADF);
    expect(guest.call('fd_prestat_dir_name', fd, 600, 100)).toBe(BADF);
  }
});

test('file_allocate, and the specification: where a size would be past the largest one', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  const fd = guest.open('file', { flags: O_CREAT });
  const allocate = (offset: bigint, length: bigint) => guest.call('fd_allocate', fd, offset, length);
  expect([allocate(0n, 100n), sizeOf(guest, fd)]).toEqual([0, 100n]);
  expect([allocate(10n, 10n), sizeOf(guest, fd)]).toEqual([0, 100n]);
  expect([allocate(90n, 20n), sizeOf(guest, fd)]).toEqual([0, 110n]);
  // posix_fallocate: EINVAL for a length of 0 or below, and for an offset below 0; EFBIG past the largest size.
  expect([allocate(0n, 0n), allocate(-1n, 2n), allocate(2n, -1n)]).toEqual([INVAL, INVAL, INVAL]);
  expect([allocate((1n << 63n) - 1n, 1n), allocate(1n, (1n << 63n) - 1n)]).toEqual([FBIG, FBIG]);
  expect(allocate((1n << 53n) - 1n, (1n << 53n) - 1n)).toBe(FBIG);
  expect(guest.call('fd_filestat_set_size', fd, (1n << 63n) - 1n)).toBe(FBIG);
  expect(guest.call('fd_filestat_set_size', fd, -1n)).toBe(INVAL);
  expect(sizeOf(guest, fd)).toBe(110n);
  for (const other of [0, 1, 2]) expect(guest.call('fd_allocate', other, 0n, 1n)).toBe(BADF);
});

test('fd_fdstat_set_rights: rights go and do not come back', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  const fd = guest.open('file', {
    flags: O_CREAT,
    rights: FD_READ | FD_WRITE | FD_SEEK | FD_TELL,
    inheriting: 0n,
  });
  expect([guest.write(fd, 'text'), guest.call('fd_seek', fd, 0n, 0, resultAt)]).toEqual([0, 0]);
  expect(guest.read(fd)).toBe('text');
  const [base, inheriting] = rightsOf(guest, fd);
  expect(guest.call('fd_fdstat_set_rights', fd, base & ~(FD_READ | FD_WRITE), inheriting)).toBe(0);
  expect(rightsOf(guest, fd)[0] & (FD_READ | FD_WRITE | FD_SEEK)).toBe(FD_SEEK);
  expect([guest.read(fd), guest.write(fd, 'x')]).toEqual([NOTCAPABLE, NOTCAPABLE]);
  expect(guest.call('fd_fdstat_set_rights', fd, base, inheriting)).toBe(NOTCAPABLE);
});

test('renumber, overwrite_preopen, close_preopen, stdio', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  const [one, two] = [guest.open('one', { flags: O_CREAT }), guest.open('two', { flags: O_CREAT })];
  const rights = rightsOf(guest, one);
  expect(guest.call('fd_renumber', one, two)).toBe(0);
  expect(guest.call('fd_close', one)).toBe(BADF);
  expect(rightsOf(guest, two)).toEqual(rights);
  expect(guest.call('fd_renumber', two, one)).toBe(BADF);
  const again = guest.open('.', { flags: O_DIRECTORY });
  expect(guest.call('fd_renumber', again, 3)).toBe(0);
  expect(guest.call('fd_filestat_get', 3, 512)).toBe(0);
  expect(guest.call('fd_fdstat_get', again, 512)).toBe(BADF);
  for (const stream of [0, 1, 2]) {
    const file = guest.open('file', { flags: O_CREAT, rights: 0n, inheriting: 0n });
    expect(guest.call('fd_renumber', stream, file)).toBe(0);
    expect(guest.call('fd_fdstat_get', file, 512)).toBe(0);
    expect(guest.call('fd_fdstat_get', stream, 512)).toBe(BADF);
  }
  expect([guest.call('fd_close', 3), guest.call('fd_fdstat_get', 3, 512)]).toEqual([0, BADF]);
});

test('file_seek_tell', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  const fd = guest.open('file', { flags: O_CREAT });
  guest.write(fd, 'x'.repeat(100));
  const seek = (offset: bigint, whence: number) => {
    const errno = guest.call('fd_seek', fd, offset, whence, resultAt);
    return errno === 0 ? guest.memory.readU64(resultAt) : errno;
  };
  expect([seek(0n, 1), seek(-50n, 1), seek(0n, 0), seek(1000n, 1), seek(-2000n, 1), seek(0n, 1)]).toEqual([
    100n,
    50n,
    0n,
    1000n,
    INVAL,
    1000n,
  ]);
  expect(guest.call('fd_seek', 1, 0n, 0, resultAt)).toBe(SPIPE);
});

test('path_open_dirfd_not_dir', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  const fd = guest.open('file', { flags: O_CREAT, rights: 0n, inheriting: 0n });
  expect(guest.open('foo', { dir: fd, flags: O_CREAT, rights: 0n, inheriting: 0n })).toBe(-NOTDIR);
});
