import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import {
  EXIST,
  FD_READ,
  FD_WRITE,
  INVAL,
  ISDIR,
  LOOP,
  NOENT,
  NOTCAPABLE,
  NOTDIR,
  NOTEMPTY,
  O_CREAT,
  O_DIRECTORY,
  O_TRUNC,
  PERM,
} from '../__fixtures__/preview1.js';
import { resultAt, type WasiGuest } from '../__fixtures__/wasi-guest.js';

// What the preview 1 programs of WebAssembly/wasi-testsuite state about paths, by the name of the program.

const follow = 1;
const rename = (guest: WasiGuest, from: string, to: string) =>
  guest.call('path_rename', 3, ...guest.text(from), 3, ...guest.secondText(to));
const link = (guest: WasiGuest, from: string, to: string, lookup = 0) =>
  guest.call('path_link', 3, lookup, ...guest.text(from), 3, ...guest.secondText(to));
const symlink = (guest: WasiGuest, target: string, at: string) =>
  guest.call('path_symlink', ...guest.secondText(target), 3, ...guest.text(at));
const create = (guest: WasiGuest, name: string) =>
  guest.call('fd_close', guest.open(name, { flags: O_CREAT, rights: 0n, inheriting: 0n }));
const timesOf = (guest: WasiGuest, name: string, lookup = 0) => {
  expect(guest.call('path_filestat_get', 3, lookup, ...guest.text(name), 512)).toBe(0);
  return [guest.memory.readU64(512 + 40), guest.memory.readU64(512 + 48)] as [bigint, bigint];
};
const setModified = (guest: WasiGuest, name: string, time: bigint, lookup = 0, flags = 4) =>
  guest.call('path_filestat_set_times', 3, lookup, ...guest.text(name), 0n, time, flags);

test('path_open_preopen: a folder is opened again with the rights that it has', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  guest.call('fd_fdstat_get', 3, 512);
  const [base, inheriting] = [guest.memory.readU64(520), guest.memory.readU64(528)];
  // Those that it must have: all rights on paths and folders, in the order of their bits 9 to 26 without 19 and 22, and set_times.
  const needed = (1n << 27n) - (1n << 9n) - (1n << 19n) - (1n << 22n);
  expect(base & needed).toBe(needed);
  const passedOn = needed | 0x1ffn | (1n << 22n) | (1n << 27n);
  expect(inheriting & passedOn).toBe(passedOn);
  const open = (flags: number, rights: bigint, passed = 0n) =>
    guest.open('.', { flags, rights, inheriting: passed });
  expect(open(0, base, inheriting)).toBe(4);
  expect(open(O_DIRECTORY, base, inheriting)).toBe(5);
  expect(open(0, 0n)).toBe(6);
  expect(open(O_DIRECTORY, 0n)).toBe(7);
  expect(open(O_DIRECTORY, FD_READ)).toBe(8);
  expect(open(O_DIRECTORY, FD_READ | FD_WRITE)).toBe(-ISDIR);
  expect(guest.open('.', { rights: 0n, inheriting: 0n, fdFlags: 4 })).toBe(9);
});

test('interesting_paths', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  mkdirSync(path.join(folder, 'dir/nested'), { recursive: true });
  create(guest, 'dir/nested/file');
  const open = (name: string) => guest.open(name, { rights: 0n, inheriting: 0n });
  expect(open('/dir/nested/file')).toBe(-NOTCAPABLE);
  expect(open('dir/.//nested/../../dir/nested/../nested///./file')).toBe(4);
  expect(open('dir/nested/file\0')).toBe(-INVAL);
  expect([open('dir/nested/file/'), open('dir/nested/file///')]).toEqual([-NOTDIR, -NOTDIR]);
  expect([open('dir/nested/'), open('dir/nested///')]).toEqual([5, 6]);
  expect(open('dir/nested/../../../inside/dir/nested/file')).toBe(-NOTCAPABLE);
});

test('path_link', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  create(guest, 'file');
  mkdirSync(path.join(folder, 'dir'));
  expect([link(guest, 'file', 'link'), link(guest, 'file', 'dir/link')]).toEqual([0, 0]);
  expect(timesOf(guest, 'link')).toEqual(timesOf(guest, 'file'));
  expect(link(guest, 'file', 'link')).toBe(EXIST);
  expect(link(guest, 'file', 'file')).toBe(EXIST);
  expect(link(guest, 'file', 'dir')).toBe(EXIST);
  expect(link(guest, 'dir', 'new')).toBe(PERM);
  expect(link(guest, 'file', 'new/')).toBe(NOENT);
  expect([symlink(guest, 'target', 'symlink'), symlink(guest, 'loop', 'loop')]).toEqual([0, 0]);
  expect([link(guest, 'symlink', 'hard'), link(guest, 'loop', 'hardLoop')]).toEqual([0, 0]);
  expect(link(guest, 'file', 'symlink')).toBe(EXIST);
  expect(link(guest, 'symlink', 'new', follow)).toBe(NOENT);
});

test('path_rename', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  for (const name of ['source', 'target', 'full']) mkdirSync(path.join(folder, name));
  create(guest, 'full/file');
  create(guest, 'one');
  create(guest, 'two');
  expect(rename(guest, 'source', 'full')).toBe(NOTEMPTY);
  expect(rename(guest, 'source', 'full/file')).toBe(NOTDIR);
  expect(rename(guest, 'source', 'target')).toBe(0);
  expect(guest.open('source', { flags: O_DIRECTORY })).toBe(-NOENT);
  expect(rename(guest, 'one', 'two')).toBe(0);
  expect(guest.open('one', { rights: 0n })).toBe(-NOENT);
  expect(rename(guest, 'two', 'target')).toBe(ISDIR);
});

test('nofollow_errors and dangling_symlink', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  mkdirSync(path.join(folder, 'target'));
  create(guest, 'file');
  for (const [target, name] of [
    ['target', 'toFolder'],
    ['file', 'toFile'],
    ['nothing', 'dangling'],
  ] as const) {
    expect(symlink(guest, target, name)).toBe(0);
    expect(guest.open(name, { flags: O_DIRECTORY })).toBe(-LOOP);
    expect(guest.open(name, { rights: 0n })).toBe(-LOOP);
  }
  expect(guest.open('toFolder', { flags: O_DIRECTORY, follow: true })).toBe(4);
  expect(guest.open('toFile', { flags: O_DIRECTORY, follow: true })).toBe(-NOTDIR);
});

describe('times to the nanosecond', () => {
  test('path_filestat: one is set, the other and what is refused change nothing', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    // fdflags: append 1, sync 16.
    const fd = guest.open('file', { flags: O_CREAT, rights: FD_READ | FD_WRITE, fdFlags: 17 });
    guest.call('fd_fdstat_get', fd, 512);
    expect(guest.memory.readU16(514)).toBe(17);
    const [accessed, modified] = timesOf(guest, 'file');
    expect(setModified(guest, 'file', modified - 100n)).toBe(0);
    expect(timesOf(guest, 'file')).toEqual([accessed, modified - 100n]);
    expect(setModified(guest, 'file', modified, 0, 12)).toBe(INVAL);
    expect(setModified(guest, 'file', modified, 0, 3)).toBe(INVAL);
    expect(timesOf(guest, 'file')).toEqual([accessed, modified - 100n]);
  });

  test('fd_filestat_set', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    const fd = guest.open('file', { flags: O_CREAT });
    expect(guest.call('fd_filestat_set_size', fd, 100n)).toBe(0);
    const [accessed, modified] = timesOf(guest, 'file');
    expect(guest.call('fd_filestat_set_times', fd, modified - 100n, modified - 100n, 4)).toBe(0);
    expect(guest.call('fd_filestat_get', fd, 512)).toBe(0);
    const at = (offset: number) => guest.memory.readU64(512 + offset);
    expect([at(32), at(40), at(48)]).toEqual([100n, accessed, modified - 100n]);
    expect(guest.call('fd_filestat_set_times', fd, 100n, 200n, 12)).toBe(INVAL);
    expect(guest.call('fd_filestat_set_times', fd, 100n, 200n, 3)).toBe(INVAL);
  });

  test('symlink_filestat: those of a link are its own', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    create(guest, 'file');
    expect(symlink(guest, 'file', 'link')).toBe(0);
    const file = timesOf(guest, 'file');
    const modified = timesOf(guest, 'link')[1];
    expect(setModified(guest, 'link', modified - 200n)).toBe(0);
    expect(timesOf(guest, 'link')[1]).toBe(modified - 200n);
    expect(timesOf(guest, 'file')).toEqual(file);
    expect(timesOf(guest, 'link', follow)).toEqual(file);
    expect(setModified(guest, 'link', modified, follow)).toBe(0);
    expect(timesOf(guest, 'file')[1]).toBe(modified);
  });
});

test('readlink: what does not fit is cut off, and the rest of the buffer stays', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  expect(symlink(guest, 'target', 'symlink')).toBe(0);
  guest.memory.fill(512, 10, 0);
  expect(guest.atPath('path_readlink', 'symlink', 512, 10, resultAt)).toBe(0);
  expect([guest.result, guest.memory.readString(512, 10)]).toEqual([6, 'target\0\0\0\0']);
  guest.memory.fill(512, 10, 0);
  expect(guest.atPath('path_readlink', 'symlink', 512, 4, resultAt)).toBe(0);
  expect([guest.result, guest.memory.readString(512, 5)]).toEqual([4, 'targ\0']);
});

test('truncation_rights', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  create(guest, 'file');
  guest.call('fd_fdstat_get', 3, 512);
  const [base, inheriting] = [guest.memory.readU64(520), guest.memory.readU64(528)];
  expect([guest.memory.readU8(512), guest.memory.readU16(514), base & (1n << 22n)]).toEqual([3, 0, 0n]);
  const truncate = () => guest.open('file', { flags: O_TRUNC, rights: 0n, inheriting: 0n });
  expect(truncate()).toBe(4);
  expect(guest.call('fd_fdstat_set_rights', 3, base, inheriting & ~(1n << 22n))).toBe(0);
  expect(truncate()).toBe(5);
  expect(guest.call('fd_fdstat_set_rights', 3, base & ~(1n << 19n), inheriting & ~(1n << 22n))).toBe(0);
  expect(truncate()).toBe(-NOTCAPABLE);
  expect(statSync(path.join(folder, 'file')).size).toBe(0);
});

test('pwrite-with-append, fd_flags_set: what is appended is at the end, and the flag can go', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  const fd = guest.open('file', { flags: O_CREAT, fdFlags: 1 });
  const position = () => {
    expect(guest.call('fd_tell', fd, resultAt)).toBe(0);
    return guest.memory.readU64(resultAt);
  };
  guest.write(fd, 'ab');
  expect(guest.call('fd_seek', fd, 0n, 0, resultAt)).toBe(0);
  guest.write(fd, 'cd');
  expect(position()).toBe(4n);
  guest.memory.writeString(600, 'xyz');
  expect(guest.call('fd_pwrite', fd, guest.vectors([600, 3]), 1, 0n, resultAt)).toBe(0);
  expect(position()).toBe(4n);
  expect(guest.call('fd_fdstat_set_flags', fd, 0)).toBe(0);
  expect(guest.call('fd_seek', fd, 0n, 0, resultAt)).toBe(0);
  guest.write(fd, 'AB');
  expect(readFileSync(path.join(folder, 'file'), 'utf8').slice(0, 4)).toMatch(/^ABcd/);
});
