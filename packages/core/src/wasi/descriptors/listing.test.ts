import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import { O_DIRECTORY } from '../__fixtures__/preview1.js';
import { resultAt, type WasiGuest } from '../__fixtures__/wasi-guest.js';

const buffer = 32768;

function withFolders(folders: number, files: number) {
  const made = guestWithFolder();
  for (let index = 0; index < folders; index += 1) {
    mkdirSync(path.join(made.folder, `d${index}`));
    for (let file = 0; file < files; file += 1) {
      writeFileSync(path.join(made.folder, `d${index}`, `f${file}`), '');
    }
  }
  return made;
}

/** The next entry after a cookie, in a buffer that holds only one. */
function next(guest: WasiGuest, fd: number, cookie: bigint): { name: string; cookie: bigint } | undefined {
  expect(guest.call('fd_readdir', fd, buffer, 40, cookie, resultAt)).toBe(0);
  if (guest.result === 0) return undefined;
  const length = guest.memory.readU32(buffer + 16);
  return { name: guest.memory.readString(buffer + 24, length), cookie: guest.memory.readU64(buffer) };
}

test('forty folders that are listed by turns are listed whole, on few descriptors of the host', () => {
  const { guest } = withFolders(40, 20);
  using _guest = guest;
  const turns = Array.from({ length: 40 }, (_, index) => ({
    fd: guest.open(`d${index}`, { flags: O_DIRECTORY }),
    cookie: 0n,
    names: [] as string[],
  }));
  const before = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  let most = 0;
  for (let round = 0; round < 23; round += 1) {
    for (const turn of turns) {
      const entry = next(guest, turn.fd, turn.cookie);
      if (entry === undefined) continue;
      turn.names.push(entry.name);
      turn.cookie = entry.cookie;
    }
    if (process.platform === 'linux') most = Math.max(most, readdirSync('/proc/self/fd').length - before);
  }
  for (const { names } of turns) expect(new Set(names).size).toBe(22);
  expect(most).toBeLessThanOrEqual(16);
});

test('a large folder is listed whole and again from any place', () => {
  const { guest } = withFolders(1, 3000);
  using _guest = guest;
  const fd = guest.open('d0', { flags: O_DIRECTORY });
  const seen = new Map<bigint, string>();
  let cookie = 0n;
  for (let entry = next(guest, fd, cookie); entry !== undefined; entry = next(guest, fd, cookie)) {
    seen.set(cookie, entry.name);
    cookie = entry.cookie;
  }
  expect(new Set(seen.values()).size).toBe(3002);
  for (const at of [2n, 3001n, 1500n, 5n]) expect(next(guest, fd, at)?.name).toBe(seen.get(at));
});

test('files that are removed while they are listed are all found (POSIX readdir)', () => {
  const { guest, folder } = withFolders(1, 200);
  using _guest = guest;
  const fd = guest.open('d0', { flags: O_DIRECTORY });
  let cookie = 0n;
  for (let entry = next(guest, fd, cookie); entry !== undefined; entry = next(guest, fd, cookie)) {
    cookie = entry.cookie;
    if (!entry.name.startsWith('.')) guest.call('path_unlink_file', fd, ...guest.text(entry.name));
  }
  expect(readdirSync(path.join(folder, 'd0'))).toEqual([]);
});
