import { lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import { BADF, NAMETOOLONG, NOTDIR, O_DIRECTORY } from '../__fixtures__/preview1.js';
import { resultAt, type WasiGuest } from '../__fixtures__/wasi-guest.js';

// Layout and rules: wasi_snapshot_preview1, `dirent` and `fd_readdir`.
const buffer = 32768;

function filled() {
  const made = guestWithFolder();
  const { folder } = made;
  mkdirSync(path.join(folder, 'folder'));
  writeFileSync(path.join(folder, 'file'), '');
  symlinkSync('file', path.join(folder, 'link'));
  for (let index = 0; index < 50; index += 1) writeFileSync(path.join(folder, `grün${index}`), '');
  return made;
}

interface Entry {
  readonly name: string;
  readonly next: bigint;
  readonly ino: bigint;
  readonly type: number;
}

/** Lists as wasi-libc does: an entry that was cut off is asked for again, and a buffer that is not full is the end. */
function list(guest: WasiGuest, fd: number, size: number): Entry[] {
  const entries: Entry[] = [];
  let cookie = 0n;
  for (;;) {
    expect(guest.call('fd_readdir', fd, buffer, size, cookie, resultAt)).toBe(0);
    const used = guest.result;
    let at = 0;
    while (used - at >= 24) {
      const length = guest.memory.readU32(buffer + at + 16);
      if (used - at < 24 + length) break;
      const start = buffer + at;
      cookie = guest.memory.readU64(start);
      entries.push({
        name: guest.memory.readString(start + 24, length),
        next: cookie,
        ino: guest.memory.readU64(start + 8),
        type: guest.memory.readU8(start + 20),
      });
      at += 24 + length;
    }
    if (used < size) return entries;
    if (at === 0) throw new Error('not even one entry fits');
  }
}

test.each([4096, 100, 48])('a listing in steps of %i bytes is whole', (size) => {
  const { guest, folder } = filled();
  using _guest = guest;
  const entries = list(guest, 3, size);
  const names = entries.map(({ name }) => name);
  expect(names.slice(0, 2)).toEqual(['.', '..']);
  expect(new Set(names).size).toBe(55);
  expect(names).toHaveLength(55);
  expect(names).toContain('grün49');
  const of = (name: string) => entries.find((entry) => entry.name === name);
  // filetype: directory 3, regular_file 4, symbolic_link 7.
  expect([of('.')?.type, of('folder')?.type, of('file')?.type, of('link')?.type]).toEqual([3, 3, 4, 7]);
  expect(of('file')?.ino).toBe(statSync(path.join(folder, 'file'), { bigint: true }).ino);
  expect(of('.')?.ino).toBe(statSync(folder, { bigint: true }).ino);
});

// The system's own numbers are the judge. More than a thousand are looked up first, and from then on the C library is used.
test('a large folder is listed with the numbers and types of all that is in it, time and again', () => {
  const { guest, folder } = guestWithFolder();
  using _guest = guest;
  const large = path.join(folder, 'large');
  mkdirSync(large);
  for (let index = 0; index < 1000; index += 1) writeFileSync(path.join(large, `ü${index}`), '');
  for (let index = 0; index < 50; index += 1) mkdirSync(path.join(large, `folder${index}`));
  for (let index = 0; index < 50; index += 1) symlinkSync('x', path.join(large, `link${index}`));
  const expected = new Map(
    readdirSync(large).map((name) => [name, lstatSync(path.join(large, name), { bigint: true }).ino]),
  );
  const fd = guest.open('large', { flags: O_DIRECTORY });
  for (let round = 0; round < 2; round += 1) {
    const entries = list(guest, fd, 16_384).slice(2);
    expect(new Map(entries.map(({ name, ino }) => [name, ino]))).toEqual(expected);
    const types = { ü: 4, f: 3, l: 7 };
    for (const { name, type } of entries) expect(type).toBe(types[name[0] as keyof typeof types]);
  }
});

test('a cookie continues where it was given, and 0 looks again', () => {
  const { guest, folder } = filled();
  using _guest = guest;
  const entries = list(guest, 3, 4096);
  const third = entries[2] as Entry;
  expect(guest.call('fd_readdir', 3, buffer, 4096, third.next, resultAt)).toBe(0);
  const length = guest.memory.readU32(buffer + 16);
  expect(guest.memory.readString(buffer + 24, length)).toBe(entries[3]?.name);
  writeFileSync(path.join(folder, 'later'), '');
  expect(list(guest, 3, 4096).map(({ name }) => name)).toContain('later');
  expect(guest.call('fd_readdir', 3, buffer, 4096, -1n, resultAt)).toBe(0);
  expect(guest.result).toBe(0);
});

test('an empty folder has its two own entries', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  expect(list(guest, 3, 4096).map(({ name }) => name)).toEqual(['.', '..']);
});

test('the last entry is cut off to fill the buffer, even its head', () => {
  const { guest } = filled();
  using _guest = guest;
  expect(guest.call('fd_readdir', 3, buffer, 10, 0n, resultAt)).toBe(0);
  expect(guest.result).toBe(10);
  expect(guest.memory.readU64(buffer)).toBe(1n);
});

test('only folders are listed', () => {
  const { guest } = filled();
  using _guest = guest;
  expect(guest.call('fd_readdir', guest.open('file'), buffer, 100, 0n, resultAt)).toBe(NOTDIR);
  expect(guest.call('fd_readdir', 99, buffer, 100, 0n, resultAt)).toBe(BADF);
});

test('preopened folders tell their names, and the first number after them is closed', () => {
  const { guest } = filled();
  using _guest = guest;
  expect(guest.call('fd_prestat_get', 3, 512)).toBe(0);
  expect([guest.memory.readU8(512), guest.memory.readU32(516)]).toEqual([0, 5]);
  expect(guest.call('fd_prestat_dir_name', 3, 600, 5)).toBe(0);
  expect(guest.memory.readString(600, 5)).toBe('/data');
  expect(guest.call('fd_prestat_dir_name', 3, 600, 4)).toBe(NAMETOOLONG);
  expect(guest.call('fd_prestat_get', 4, 512)).toBe(BADF);
  expect(guest.call('fd_prestat_get', guest.open('folder'), 512)).toBe(BADF);
});
