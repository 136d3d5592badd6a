import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GuestExitError } from '../../errors/guest-errors.js';
import { NoMemoryError } from '../../errors/host-function-errors.js';
import type { Caller } from '../../host-module/caller.js';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import { ACCES, BADF, FAULT, INVAL, NOTCAPABLE, NOTSOCK, O_CREAT } from '../__fixtures__/preview1.js';
import { createWasi } from '../create-wasi.js';

using names = createWasi(undefined);
const functions = Object.entries(names.module.functions).filter(([name]) => name !== 'proc_exit');

// Numbers a guest may pass for a pointer, a length, a descriptor, flags or a time: the edges of i32 and of a memory of two pages.
const edges = [-1, 0, 1, 3, 0x7fffffff, -0x80000000, 131071, 131072, 131073];

test.each(functions)('%s answers an errno to every hostile argument', (name, { params }) => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  for (const first of edges) {
    for (const rest of edges) {
      const args = params.map((type, index) => (type === 'i64' ? BigInt(rest) : index === 0 ? first : rest));
      const errno = guest.call(name, ...args);
      expect(errno).toBeGreaterThanOrEqual(0);
      expect(errno).toBeLessThan(77);
    }
  }
});

const readsNoMemory = new Set([
  'fd_advise',
  'fd_allocate',
  'fd_close',
  'fd_datasync',
  'fd_fdstat_set_flags',
  'fd_fdstat_set_rights',
  'fd_filestat_set_size',
  'fd_filestat_set_times',
  'fd_renumber',
  'fd_sync',
  'proc_raise',
  'sched_yield',
]);

const pointing = functions.filter(([name]) => !readsNoMemory.has(name) && !name.startsWith('sock_'));

test.each(pointing)('%s refuses pointers and lengths of 0xffffffff', (name, { params }) => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  // What comes first is right, so that what fails is the range: a folder, a file, or a clock.
  const file = guest.open('file', { flags: O_CREAT });
  const isAboutFolder = /^path_|prestat|readdir/.test(name);
  const first = name.startsWith('clock_') ? 0 : isAboutFolder ? 3 : file;
  const before = Buffer.from(guest.memory.read(0, guest.memory.byteLength));
  const startsWithPointer = /^(args|environ|random|poll|epoll|path_symlink)/.test(name);
  const args = params.map((type, index) => {
    if (type === 'i64') return 0n;
    return index === 0 && !startsWithPointer ? first : -1;
  });
  expect([FAULT, INVAL]).toContain(guest.call(name, ...args));
  expect(before.equals(guest.memory.read(0, guest.memory.byteLength))).toBe(true);
});

// WasmEdge 0.14.1 and wasmtime 50 end such a guest as well.
test.each(pointing)('%s ends a guest without memory', (name, { params }) => {
  using wasi = createWasi({ stdin: 'ignore' });
  const caller: Caller = {
    hasMemory: false,
    instance: wasi,
    get memory(): never {
      throw new NoMemoryError('none');
    },
  };
  const args = params.map((type) => (type === 'i64' ? 0n : 0)) as never[];
  expect(() => wasi.module.functions[name]?.call(caller, ...args)).toThrow(NoMemoryError);
});

test.each(functions.filter(([name]) => name.startsWith('sock_')))(
  '%s reaches no network',
  (name, { params }) => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    const isOpening = /^sock_(open|getaddrinfo)/.test(name);
    const on = (fd: number) => guest.call(name, fd, ...params.slice(1).map(() => 64));
    expect(on(99)).toBe(isOpening ? ACCES : BADF);
    expect(on(3)).toBe(isOpening ? ACCES : NOTSOCK);
  },
);

test('proc_exit ends the guest with its code, also one above 2^31', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  expect(() => guest.call('proc_exit', 7)).toThrow(expect.objectContaining({ exitCode: 7 }));
  expect(() => guest.call('proc_exit', -1)).toThrow(GuestExitError);
  expect(() => guest.call('proc_exit', -1)).toThrow(expect.objectContaining({ exitCode: 0xffffffff }));
});

test('a call on a directory without the right answers notcapable, and nothing happens', () => {
  const { guest } = guestWithFolder();
  using _guest = guest;
  expect(guest.call('fd_fdstat_set_rights', 3, 0n, 0n)).toBe(0);
  expect(guest.atPath('path_create_directory', 'new')).toBe(NOTCAPABLE);
});

test('a long random run of calls stays in the folder and throws nothing', () => {
  const { guest, outside } = guestWithFolder();
  using _guest = guest;
  const succeeded = new Set<string>();
  let seed = 42;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  // Waiting is left out, since random bytes ask for random years.
  const calls = functions.filter(([name]) => !name.includes('poll'));
  const texts = ['..', '../x', 'a', 'a/b', '.', 'a/../..', 'link', '/tmp'];
  for (let round = 0; round < 20000; round += 1) {
    const [name, { params }] = calls[random(calls.length)] as (typeof calls)[number];
    const [at, length] = guest.text(texts[random(texts.length)] as string);
    const choices = [0, 0, 1, 3, 4, 5, at, at, at, random(131072), -1];
    // Often a descriptor first and a path's length behind its pointer, so that many calls get past the checks.
    let last = 0;
    const args = params.map((type, index) => {
      if (type === 'i64') return BigInt(random(3)) * 0x3fffffffn;
      if (last === at) last = length;
      else last = index === 0 && random(2) === 0 ? 3 : (choices[random(choices.length)] as number);
      return last;
    });
    // The table of descriptors must not run empty.
    if (name === 'fd_close' || name === 'fd_renumber' || name === 'fd_fdstat_set_rights')
      guest.wasi.begin('again');
    const errno = guest.call(name, ...args);
    if (!(errno >= 0 && errno < 77)) throw new Error(`${name}(${args}) answered ${errno}`);
    if (errno === 0) succeeded.add(name);
  }
  expect(readdirSync(outside)).toEqual(['inside']);
  expect([...succeeded]).toEqual(
    expect.arrayContaining(['path_create_directory', 'path_symlink', 'path_unlink_file', 'fd_write']),
  );
});
