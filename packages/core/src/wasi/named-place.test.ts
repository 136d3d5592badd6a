import { mkdirSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { guestWithFolder } from './__fixtures__/guest-with-folder.js';
import {
  BUSY,
  EXIST,
  INVAL,
  ISDIR,
  NOENT,
  NOTDIR,
  NOTEMPTY,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  PERM,
} from './__fixtures__/preview1.js';

// Expected: what the functions of Linux answer to the same paths (tried with Python's os module on Linux 6.18), as POSIX has it, except for
// `symlink` on a file with a slash behind its name, for which wasi-testsuite wants notdir.

function filled() {
  const made = guestWithFolder();
  const { folder } = made;
  for (const name of ['dir', 'dir/sub', 'empty']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'file'), 'file');
  writeFileSync(path.join(folder, 'dir', 'in'), '');
  symlinkSync('empty', path.join(folder, 'toEmpty'));
  symlinkSync('file', path.join(folder, 'toFile'));
  symlinkSync('nothing', path.join(folder, 'dangling'));
  return made;
}

const before = ['dangling', 'dir', 'empty', 'file', 'toEmpty', 'toFile'];

describe('a slash, `.` or `..` at the end of a path', () => {
  test.each([
    ['path_create_directory', '.', EXIST],
    ['path_create_directory', 'dir/..', EXIST],
    ['path_create_directory', 'dir/', EXIST],
    ['path_create_directory', 'dangling/', EXIST],
    ['path_create_directory', 'dangling', EXIST],
    ['path_create_directory', 'file/', EXIST],
    ['path_remove_directory', '.', INVAL],
    ['path_remove_directory', 'empty/.', INVAL],
    ['path_remove_directory', 'dir/sub/..', NOTEMPTY],
    ['path_remove_directory', 'empty/..', NOTEMPTY],
    ['path_remove_directory', 'toEmpty', NOTDIR],
    ['path_remove_directory', 'toEmpty/', NOTDIR],
    ['path_remove_directory', 'file/', NOTDIR],
    ['path_remove_directory', 'nothing/', NOENT],
    ['path_unlink_file', '.', ISDIR],
    ['path_unlink_file', 'dir/..', ISDIR],
    ['path_unlink_file', 'dir/', ISDIR],
    ['path_unlink_file', 'file/', NOTDIR],
    ['path_unlink_file', 'toEmpty/', NOTDIR],
    ['path_unlink_file', 'toFile/', NOTDIR],
    ['path_unlink_file', 'nothing/', NOENT],
  ])('%s %j', (name, at, errno) => {
    const { guest, folder } = filled();
    using _guest = guest;
    expect(guest.atPath(name, at)).toBe(errno);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test.each([
    ['.', 'new', BUSY],
    ['dir/sub/..', 'new', BUSY],
    ['file', '.', BUSY],
    ['dir', 'empty/..', BUSY],
    ['file/', 'new', NOTDIR],
    ['file', 'new/', NOTDIR],
    ['toEmpty/', 'new', NOTDIR],
    ['toEmpty', 'new/', NOTDIR],
    ['dir', 'toEmpty/', NOTDIR],
    ['nothing/', 'new', NOENT],
  ])('path_rename %j to %j', (from, to, errno) => {
    const { guest, folder } = filled();
    using _guest = guest;
    expect(guest.call('path_rename', 3, ...guest.text(from), 3, ...guest.secondText(to))).toBe(errno);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test.each([
    ['dir/', 'new', PERM],
    ['.', 'new', PERM],
    ['toEmpty/', 'new', PERM],
    ['file/', 'new', NOTDIR],
    ['file', 'new/', NOENT],
    ['file', 'empty/', EXIST],
    ['file', '.', EXIST],
    ['file', 'dangling/', EXIST],
  ])('path_link %j to %j', (from, to, errno) => {
    const { guest, folder } = filled();
    using _guest = guest;
    expect(guest.call('path_link', 3, 0, ...guest.text(from), 3, ...guest.secondText(to))).toBe(errno);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test.each([
    ['new/', NOENT],
    ['empty/', EXIST],
    ['.', EXIST],
    ['file/', NOTDIR],
    ['dangling/', EXIST],
  ])('path_symlink at %j', (at, errno) => {
    const { guest, folder } = filled();
    using _guest = guest;
    expect(guest.call('path_symlink', ...guest.secondText('x'), 3, ...guest.text(at))).toBe(errno);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test.each([
    ['toFile/', NOTDIR],
    ['toEmpty/', INVAL],
    ['.', INVAL],
    ['file', INVAL],
    ['nothing', NOENT],
  ])('path_readlink %j', (at, errno) => {
    const { guest } = filled();
    using _guest = guest;
    expect(guest.atPath('path_readlink', at, 512, 100, 64)).toBe(errno);
  });

  test('folders may have one where they are made, moved, removed and opened', () => {
    const { guest, folder } = filled();
    using _guest = guest;
    const move = (from: string, to: string) =>
      guest.call('path_rename', 3, ...guest.text(from), 3, ...guest.secondText(to));
    expect(guest.atPath('path_create_directory', 'new///')).toBe(0);
    expect([move('new/', 'one'), move('one', 'two/'), move('two/', 'three//')]).toEqual([0, 0, 0]);
    expect(guest.open('three/')).toBe(-ISDIR);
    expect(guest.open('three/', { rights: 0n })).toBe(4);
    expect(guest.open('toEmpty/', { flags: O_DIRECTORY })).toBe(5);
    expect(guest.statPath('toEmpty/')).toBe(0);
    expect(guest.memory.readU8(64 + 16)).toBe(3);
    expect(guest.atPath('path_remove_directory', 'three//')).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});

test('what must be new is not behind a link (POSIX open: O_CREAT with O_EXCL)', () => {
  const { guest, folder } = filled();
  using _guest = guest;
  for (const follow of [true, false]) {
    for (const name of ['dangling', 'toFile', 'toEmpty']) {
      expect(guest.open(name, { follow, flags: O_CREAT | O_EXCL })).toBe(-EXIST);
    }
  }
  expect(readdirSync(folder).sort()).toEqual(before);
  expect(guest.open('dangling', { follow: true, flags: O_CREAT })).toBe(4);
  expect(readdirSync(folder).sort()).toEqual([...before, 'nothing'].sort());
  expect(readlinkSync(path.join(folder, 'dangling'))).toBe('nothing');
});
