import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FdFlags, Whence } from '../../wasi-types.js';
import { Calls, create, directory, folder } from '../calls.js';
import type { Scenario } from '../step.js';

const { set, current, end } = Whence;
const largest = (1n << 63n) - 1n;

function twoFolders(folder: string): void {
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'x'), name);
  }
}

/** What is done with what is open. */
export const descriptorScenarios: readonly Scenario[] = [
  {
    name: 'positions',
    steps: new Calls()
      .make('f', 'f', '0123456789')
      .tell('f')
      .seek('f', 2n, set)
      .read('f', 3)
      .seek('f', -1n, current)
      .read('f', 2)
      .seek('f', -3n, end)
      .read('f', 10)
      .read('f', 10)
      .seek('f', -1n, set)
      .seek('f', -11n, end)
      .tell('f')
      .seek('f', 0n, 3)
      .seek('f', 20n, set)
      .read('f', 1)
      .tell('f')
      .write('f', 'z')
      .stat('f')
      .readAt('f', 9n, 3)
      .seek('f', largest, set)
      .seek('f', largest, current)
      .seek('f', 0n, end)
      .read('f')
      .read('f', 0)
      .write('f')
      .write('f', '', '')
      .tell('f')
      .seek(3, 0n, set)
      .tell(3)
      .seek(99, 0n, set).steps,
  },
  {
    name: 'reading and writing at places',
    steps: new Calls()
      .make('f', 'f', '0123456789')
      .readAt('f', 4n, 2, 2)
      .readAt('f', 10n, 2)
      .readAt('f', 100n, 2)
      .readAt('f', -1n, 2)
      .writeAt('f', 2n, 'abcd')
      .readAt('f', 0n, 20)
      .writeAt('f', 12n, '!')
      .readAt('f', 0n, 20)
      .writeAt('f', -1n, 'x')
      .tell('f')
      .readAt(3, 0n, 2)
      .writeAt(3, 0n, 'x')
      .read(3, 2)
      .write(3, 'x').steps,
  },
  {
    name: 'appending',
    steps: new Calls()
      .open('f', 'f', { flags: create, fdFlags: FdFlags.append })
      .fdstat('f')
      .write('f', 'one')
      .seek('f', 0n, set)
      .write('f', 'two')
      .tell('f')
      .readAt('f', 0n, 10)
      .setFlags('f', 0)
      .fdstat('f')
      .seek('f', 0n, set)
      .write('f', 'X')
      .readAt('f', 0n, 10)
      .setFlags('f', FdFlags.append)
      .write('f', '!')
      .readAt('f', 0n, 10)
      .setFlags('f', FdFlags.append | FdFlags.nonblock)
      .fdstat('f')
      .setFlags('f', 64)
      .setFlags(3, FdFlags.append)
      .setFlags(99, 0).steps,
  },
  {
    name: 'sizes',
    steps: new Calls()
      .make('f', 'f', '0123456789')
      .setSize('f', 4n)
      .stat('f')
      .tell('f')
      .setSize('f', 8n)
      .readAt('f', 0n, 20)
      .setSize('f', -1n)
      .setSize('f', largest)
      .allocate('f', 0n, 4n)
      .stat('f')
      .allocate('f', 0n, 0n)
      .allocate('f', -1n, 1n)
      .allocate('f', 1n, -1n)
      .allocate('f', largest, 1n)
      .allocate(3, 0n, 10n)
      .setSize(3, 0n)
      .setSize(1, 0n)
      .advise('f', 0n, 10n, 0)
      .advise('f', 0n, 10n, 5)
      .advise('f', 0n, 10n, 6)
      .advise(99, 0n, 10n, 0)
      .sync('f')
      .sync(3)
      .sync(99).steps,
  },
  {
    name: 'a file that is unlinked or renamed while it is open',
    prepare: twoFolders,
    steps: new Calls()
      .make('f', 'f', 'kept')
      .unlink('f')
      .stat('f')
      .write('f', '!')
      .readAt('f', 0n, 10)
      .setFlags('f', FdFlags.append)
      .write('f', '!')
      .readAt('f', 0n, 10)
      .setSize('f', 2n)
      .stat('f')
      .statPath('f')
      .make('g', 'f', 'another')
      .readAt('f', 0n, 10)
      .make('h', 'h', 'first')
      .rename('h', 'i')
      .write('h', '+')
      .statPath('i')
      .rename('f', 'i')
      .readAt('h', 0n, 10)
      .stat('h')
      .statPath('i')
      .statPath('i', { kind: 'identity' })
      .stat('g', 'identity')
      .stat('h', 'identity').steps,
  },
  {
    name: 'a folder that is renamed while it is open',
    prepare: twoFolders,
    steps: new Calls()
      .openFolder('a', 'a')
      .rename('a', 'c')
      .rename('b', 'a')
      .open('x', 'x', { dir: 'a' })
      .read('x', 5)
      .make('n', 'c/n', 'new')
      .statPath('n', { dir: 'a' })
      .mkdir('sub', 'a')
      .statPath('c/sub')
      .statPath('a/sub')
      .list('a', 4096)
      .unlink('x', 'a')
      .statPath('a/x')
      .statPath('c/x')
      .rename('n', 'm', 'a', 'a')
      .statPath('c/m')
      .rmdir('sub', 'a')
      .stat('a')
      .close('a').steps,
  },
  {
    name: 'a folder that is removed while it is open',
    prepare: twoFolders,
    steps: new Calls()
      .mkdir('gone')
      .openFolder('g', 'gone')
      .rmdir('gone')
      .stat('g')
      .list('g', 4096)
      .open('x', 'x', { dir: 'g', flags: create })
      .mkdir('x', 'g')
      .statPath('.', { dir: 'g' })
      .statPath('x', { dir: 'g' })
      .mkdir('gone')
      .make('y', 'gone/y', 'another')
      .statPath('y', { dir: 'g' })
      .unlink('y', 'g')
      .statPath('gone/y').steps,
  },
  {
    name: 'numbers of descriptors',
    prepare: twoFolders,
    steps: new Calls()
      .make('f', 'f', 'f')
      .make('g', 'g', 'gg')
      .renumber('f', 'g')
      .stat('g')
      .stat('f')
      .renumber('g', 'g')
      .renumber(99, 'g')
      .renumber('g', 99)
      .close('g')
      .close('g')
      .close(99)
      .call('fd_prestat_get', 3, { out: 'bytes', size: 8 })
      .call('fd_prestat_get', 4, { out: 'bytes', size: 8 })
      .call('fd_prestat_get', 0, { out: 'bytes', size: 8 })
      .call('fd_prestat_get', 99, { out: 'bytes', size: 8 })
      .call('fd_prestat_dir_name', 3, { buffer: 5, out: 'bytes' })
      .call('fd_prestat_dir_name', 3, { buffer: 4, out: 'bytes' })
      .call('fd_prestat_dir_name', 4, { buffer: 4, out: 'bytes' })
      .make('h', 'h')
      .call('fd_prestat_get', { kept: 'h' }, { out: 'bytes', size: 8 })
      .fdstat('h')
      .fdstat(3)
      .fdstat(99)
      .call('fd_fdstat_set_rights', 99, 0n, 0n)
      .call('sock_accept', { kept: 'h' }, 0, { out: 'number', size: 4 })
      .call('sock_accept', 99, 0, { out: 'number', size: 4 })
      .call('sock_shutdown', { kept: 'h' }, 3)
      .call('sock_shutdown', 99, 3)
      .call('args_sizes_get', { out: 'number', size: 4 }, { out: 'number', size: 4 })
      .call('args_get', { out: 'nothing', size: 4 }, { out: 'bytes', size: 6 })
      .call('environ_sizes_get', { out: 'number', size: 4 }, { out: 'number', size: 4 })
      .call('environ_get', { out: 'nothing', size: 4 }, { out: 'bytes', size: 11 })
      .call('sched_yield').steps,
  },
  {
    name: 'what is open for reading only, or for writing only',
    prepare: twoFolders,
    steps: new Calls()
      .open('r', 'a/x', { rights: 2n, inheriting: 0n })
      .write('r', 'x')
      .read('r', 5)
      .setSize('r', 0n)
      .open('w', 'a/x', { rights: 64n, inheriting: 0n })
      .read('w', 5)
      .write('w', 'x')
      .allocate('r', 0n, 10n)
      .open('n', 'a/x', { rights: 0n, inheriting: 0n })
      .read('n', 1)
      .write('n', 'x').steps,
  },
  {
    name: 'named pipes',
    prepare: (folder) => {
      spawnSync('mkfifo', [join(folder, 'pipe')]);
    },
    steps: new Calls()
      .statPath('pipe')
      .open('f', 'pipe', { flags: directory })
      .rename('pipe', 'moved')
      .list(folder, 4096)
      .unlink('moved').steps,
  },
];
