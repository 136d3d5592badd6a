import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { guestWithFolder } from './__fixtures__/guest-with-folder.js';
import {
  BUSY,
  EXIST,
  ILSEQ,
  INVAL,
  LOOP,
  NAMETOOLONG,
  NOENT,
  NOTCAPABLE,
  NOTDIR,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_TRUNC,
} from './__fixtures__/preview1.js';
import { WasiGuest } from './__fixtures__/wasi-guest.js';
import { linkEscapes } from './confined-path.js';
import { FolderByPath } from './descriptors/folder-by-path.js';
import { openHostFolder } from './descriptors/open-host-folder.js';
import { isUsableName } from './host-name.js';

// Run in both ways: see folders-by-path.test.ts.
const byPath = openHostFolder === FolderByPath.open || process.platform !== 'linux';

// A folder with secrets beside the guest's, and links from inside to them, made by the host.
function escapes() {
  const made = guestWithFolder();
  const { folder, outside } = made;
  writeFileSync(path.join(outside, 'secret'), 'secret');
  mkdirSync(path.join(outside, 'vault'));
  writeFileSync(path.join(outside, 'vault', 'key'), 'key');
  mkdirSync(path.join(folder, 'sub'));
  writeFileSync(path.join(folder, 'file'), 'file');
  symlinkSync(path.join(outside, 'secret'), path.join(folder, 'absolute'));
  symlinkSync('../secret', path.join(folder, 'relative'));
  symlinkSync('..', path.join(folder, 'parent'));
  symlinkSync('sub/../../vault', path.join(folder, 'winding'));
  symlinkSync('relative', path.join(folder, 'chained'));
  symlinkSync('../new', path.join(folder, 'dangling'));
  symlinkSync('self', path.join(folder, 'self'));
  symlinkSync('file', path.join(folder, 'good'));
  symlinkSync('../file', path.join(folder, 'sub', 'up'));
  return made;
}

const outsidePaths = [
  '..',
  '../secret',
  '/etc/passwd',
  '/',
  'sub/../../secret',
  './../secret',
  'sub/../../inside/file',
  'absolute',
  'relative',
  'parent/secret',
  'winding/key',
  'chained',
  'absolute/',
];

describe('nothing outside the folder is reached (answer: notcapable)', () => {
  test.each(outsidePaths)('opening or looking at %s', (name) => {
    const { guest } = escapes();
    using _guest = guest;
    expect(guest.open(name, { follow: true })).toBe(-NOTCAPABLE);
    expect(guest.open(name, { follow: true, flags: O_TRUNC })).toBe(-NOTCAPABLE);
    expect(guest.statPath(name, true)).toBe(NOTCAPABLE);
    expect(guest.atPath('path_filestat_set_times', name, 0n, 0n, 0)).not.toBe(0);
  });

  test('a dangling link does not let a file be made outside', () => {
    const { guest, outside } = escapes();
    using _guest = guest;
    expect(guest.open('dangling', { follow: true, flags: O_CREAT })).toBe(-NOTCAPABLE);
    expect(guest.open('dangling', { flags: O_CREAT })).toBe(-LOOP);
    expect(guest.open('dangling', { flags: O_CREAT | O_EXCL })).toBe(-EXIST);
    expect(existsSync(path.join(outside, 'new'))).toBe(false);
  });

  test.each(['path_create_directory', 'path_remove_directory', 'path_unlink_file'])(
    '%s through a link or `..`',
    (name) => {
      const { guest, outside } = escapes();
      using _guest = guest;
      for (const target of ['../vault', 'parent/vault', '../new', 'winding/../secret', '..']) {
        expect(guest.atPath(name, target)).toBe(NOTCAPABLE);
      }
      expect(readdirSync(outside).sort()).toEqual(['inside', 'secret', 'vault']);
    },
  );

  test('renaming out, renaming in, linking out and linking in', () => {
    const { guest, outside, folder } = escapes();
    using _guest = guest;
    const move = (from: string, to: string) =>
      guest.call('path_rename', 3, ...guest.text(from), 3, ...guest.secondText(to));
    const link = (from: string, to: string, follow: number) =>
      guest.call('path_link', 3, follow, ...guest.text(from), 3, ...guest.secondText(to));
    expect(move('file', '../stolen')).toBe(NOTCAPABLE);
    expect(move('file', 'parent/stolen')).toBe(NOTCAPABLE);
    expect(move('../secret', 'stolen')).toBe(NOTCAPABLE);
    expect(link('file', '../stolen', 0)).toBe(NOTCAPABLE);
    expect(link('../secret', 'stolen', 0)).toBe(NOTCAPABLE);
    expect(link('relative', 'stolen', 1)).toBe(NOTCAPABLE);
    expect(readdirSync(outside).sort()).toEqual(['inside', 'secret', 'vault']);
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('file');
  });

  test('making links that lead out', () => {
    const { guest, folder } = escapes();
    using _guest = guest;
    const link = (target: string, name: string) =>
      guest.call('path_symlink', ...guest.secondText(target), 3, ...guest.text(name));
    expect(link('/etc', 'new')).toBe(NOTCAPABLE);
    expect(link('..', 'new')).toBe(NOTCAPABLE);
    expect(link('../..', 'sub/new')).toBe(NOTCAPABLE);
    expect(link('sub/../../x', 'new')).toBe(NOTCAPABLE);
    expect(link('file', '../new')).toBe(NOTCAPABLE);
    expect(existsSync(path.join(folder, 'new'))).toBe(false);
    expect(link('../file', 'sub/new')).toBe(0);
    expect(readlinkSync(path.join(folder, 'sub', 'new'))).toBe('../file');
  });

  test('a link that leads out at its new place is neither moved nor linked there', () => {
    const { guest } = escapes();
    using _guest = guest;
    expect(guest.call('path_symlink', ...guest.secondText('../secret'), 3, ...guest.text('sub/x'))).toBe(0);
    const to = (name: string) => [3, ...guest.text('sub/x'), 3, ...guest.secondText(name)];
    expect(guest.call('path_rename', ...to('x'))).toBe(NOTCAPABLE);
    expect(guest.call('path_link', 3, 0, ...to('x').slice(1))).toBe(NOTCAPABLE);
    expect(guest.call('path_rename', ...to('sub/y'))).toBe(0);
  });

  test('a link that leads out since its folder was moved up is not followed', () => {
    const { guest } = escapes();
    using _guest = guest;
    expect(guest.atPath('path_create_directory', 'sub/deep')).toBe(0);
    const target = guest.secondText('../../secret');
    expect(guest.call('path_symlink', ...target, 3, ...guest.text('sub/deep/x'))).toBe(0);
    expect(guest.call('path_rename', 3, ...guest.text('sub/deep'), 3, ...guest.secondText('up'))).toBe(0);
    expect(guest.open('up/x', { follow: true })).toBe(-NOTCAPABLE);
  });

  test('reading a link does not tell where things are on the host', () => {
    const { guest } = escapes();
    using _guest = guest;
    expect(guest.atPath('path_readlink', 'absolute', 512, 100, 64)).toBe(NOTCAPABLE);
  });

  test('an opened folder confines as a preopened one does', () => {
    const { guest } = escapes();
    using _guest = guest;
    const sub = guest.open('sub', { flags: O_DIRECTORY });
    expect(sub).toBe(4);
    expect(guest.open('../file', { dir: sub })).toBe(-NOTCAPABLE);
    expect(guest.open('up', { dir: sub, follow: true })).toBe(-NOTCAPABLE);
  });

  test('a folder that is replaced by a link while it is open is no way out', () => {
    const { guest, folder, outside } = escapes();
    using _guest = guest;
    const sub = guest.open('sub', { flags: O_DIRECTORY });
    renameSync(path.join(folder, 'sub'), path.join(folder, 'old'));
    symlinkSync(path.join(outside, 'vault'), path.join(folder, 'sub'));
    // By its descriptor it is the folder that was opened; by its path it is lost.
    expect(guest.open('key', { dir: sub })).toBe(byPath ? -NOTCAPABLE : -NOENT);
    expect(guest.call('fd_readdir', sub, 512, 400, 0n, 64)).toBe(byPath ? NOTCAPABLE : 0);
    expect(guest.call('fd_filestat_get', sub, 512)).toBe(byPath ? NOTCAPABLE : 0);
  });

  test('a preopen inside another one cannot be turned into a way out', () => {
    const { folder, guest } = escapes();
    guest[Symbol.dispose]();
    using both = new WasiGuest({ preopens: { '/': folder, '/sub': path.join(folder, 'sub') } });
    const move = (from: string, to: string) =>
      both.call('path_rename', 3, ...both.text(from), 3, ...both.secondText(to));
    expect(both.atPath('path_create_directory', 'a')).toBe(0);
    expect(move('sub', 'gone')).toBe(0);
    expect(both.call('path_symlink', ...both.secondText('a'), 3, ...both.text('sub'))).toBe(0);
    expect(both.open('new', { dir: 4, flags: O_CREAT })).toBe(byPath ? -NOTCAPABLE : 5);
    expect(existsSync(path.join(folder, 'gone', 'new'))).toBe(!byPath);
    expect(existsSync(path.join(folder, 'a', 'new'))).toBe(false);
    // The next program finds a link where its folder should be.
    both.wasi.begin('next');
    expect(both.call('fd_filestat_get', 4, 512)).toBe(byPath ? NOTCAPABLE : NOTDIR);
  });

  test('a folder that is open is never taken for another one that has its name by now', () => {
    const { guest, folder } = guestWithFolder();
    using _guest = guest;
    for (const name of ['sub', 'other']) {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, 'f'), name);
    }
    const sub = guest.open('sub', { flags: O_DIRECTORY });
    const move = (from: string, to: string) =>
      guest.call('path_rename', 3, ...guest.text(from), 3, ...guest.secondText(to));
    expect([move('sub', 'moved'), move('other', 'sub')]).toEqual([0, 0]);
    expect(guest.call('path_unlink_file', sub, ...guest.text('f'))).toBe(byPath ? NOTCAPABLE : 0);
    expect(existsSync(path.join(folder, 'sub', 'f'))).toBe(true);
    expect(existsSync(path.join(folder, 'moved', 'f'))).toBe(byPath);
    const at = guest.text('made');
    expect(guest.call('path_create_directory', sub, ...at)).toBe(byPath ? NOTCAPABLE : 0);
    expect(existsSync(path.join(folder, 'sub', 'made'))).toBe(false);
    expect(guest.call('path_symlink', ...guest.secondText('f'), sub, ...at)).not.toBe(0);
    expect(guest.call('path_rename', 3, ...guest.text('sub/f'), sub, ...guest.secondText('g'))).toBe(
      byPath ? NOTCAPABLE : 0,
    );
    expect(guest.open('g', { dir: sub })).toBe(byPath ? -NOTCAPABLE : 5);
    // POSIX: a folder that was removed while it was open holds nothing and takes nothing.
    const gone = guest.open('sub', { flags: O_DIRECTORY });
    renameSync(path.join(folder, 'sub'), path.join(folder, 'gone'));
    rmSync(path.join(folder, 'gone'), { recursive: true });
    mkdirSync(path.join(folder, 'sub'));
    expect(guest.open('new', { dir: gone, flags: O_CREAT })).toBe(byPath ? -NOTCAPABLE : -NOENT);
    expect(readdirSync(path.join(folder, 'sub'))).toEqual([]);
  });

  test('links that are made or moved do not lead another program out (realpath of the host)', () => {
    const { guest, folder } = escapes();
    using _guest = guest;
    const link = (target: string, name: string) =>
      guest.call('path_symlink', ...guest.secondText(target), 3, ...guest.text(name));
    expect(link('.', 's')).toBe(0);
    expect(link('s/../secret', 'x')).toBe(NOTCAPABLE);
    expect(guest.open('s/../secret', { follow: true })).toBe(-NOTCAPABLE);
    expect(existsSync(path.join(folder, 'x'))).toBe(false);
  });
});

describe('paths inside (POSIX path resolution)', () => {
  test('`..`, links and doubled slashes that stay inside work', () => {
    const { guest } = escapes();
    using _guest = guest;
    for (const name of [
      'file',
      './file',
      'sub/../file',
      'sub//..///file',
      'good',
      'sub/up',
      'sub/./../good',
    ]) {
      const fd = guest.open(name, { follow: true });
      expect(guest.read(fd)).toBe('file');
      expect(guest.call('fd_close', fd)).toBe(0);
    }
  });

  test.each([
    ['', NOENT],
    ['nothing', NOENT],
    ['nothing/..', NOENT],
    ['nothing/file', NOENT],
    ['file/', NOTDIR],
    ['file/x', NOTDIR],
    ['file/..', NOTDIR],
    ['good/', NOTDIR],
    ['self', LOOP],
    ['self/x', LOOP],
    ['a\0b', INVAL],
    ['x/'.repeat(3000), NAMETOOLONG],
    ['n'.repeat(300), NAMETOOLONG],
  ])('%j', (name, errno) => {
    const { guest } = escapes();
    using _guest = guest;
    expect(guest.open(name, { follow: true })).toBe(-errno);
  });

  test('a link is not followed unless asked for', () => {
    const { guest } = escapes();
    using _guest = guest;
    expect(guest.open('good')).toBe(-LOOP);
    expect(guest.open('self', { follow: true })).toBe(-LOOP);
  });

  test('bytes that are not UTF-8 are refused', () => {
    const { guest } = escapes();
    using _guest = guest;
    guest.memory.write(1024, Uint8Array.of(0x66, 0xff, 0xfe));
    expect(guest.call('path_filestat_get', 3, 0, 1024, 3, 64)).toBe(ILSEQ);
  });

  test('many links in a row end, and 40 of them are followed (SYMLOOP_MAX of Linux)', () => {
    const { guest, folder } = escapes();
    using _guest = guest;
    symlinkSync('file', path.join(folder, 'l1'));
    for (let index = 2; index <= 41; index += 1) symlinkSync(`l${index - 1}`, path.join(folder, `l${index}`));
    expect(guest.statPath('l40', true)).toBe(0);
    expect(guest.statPath('l41', true)).toBe(LOOP);
  });

  test('the folder itself cannot be removed or moved', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    expect(guest.atPath('path_remove_directory', '.')).toBe(INVAL);
    expect(guest.call('path_rename', 3, ...guest.text('.'), 3, ...guest.secondText('x'))).toBe(BUSY);
  });

  test('a preopen that the host has removed is an error, not a crash', () => {
    const { guest, folder } = guestWithFolder();
    using _guest = guest;
    rmdirSync(folder);
    expect(guest.open('x', { flags: O_CREAT })).toBe(-NOENT);
  });

  test('a hard link made by the host is a file as any other', () => {
    const { guest, folder } = escapes();
    using _guest = guest;
    linkSync(path.join(folder, 'file'), path.join(folder, 'hard'));
    expect(guest.read(guest.open('hard'))).toBe('file');
  });
});

test.each([
  [0, 'a', false],
  [0, '..', true],
  [1, '..', false],
  [1, '../..', true],
  [1, '../../a', true],
  [2, '../../c/./d', false],
  [0, '/etc', true],
  // What is before `..` may be a link, and then `..` is wherever that leads.
  [1, 'a/..', true],
  [2, 'a/../b', true],
  [0, './a/.', false],
])('a link in a folder of depth %i to %j leads out: %s', (depth, target, out) => {
  expect(linkEscapes(depth, target)).toBe(out);
});

test('names that mean something else on Windows are refused there (Microsoft, "Naming Files, Paths, and Namespaces")', () => {
  for (const name of ['C:', 'a\\b', 'file:stream', 'con', 'NUL.txt', 'com1', 'end.', 'end ', 'a*']) {
    expect(isUsableName(name, true)).toBe(false);
    expect(isUsableName(name, false)).toBe(true);
  }
  for (const name of ['file', 'console', 'a.b', '.hidden', 'x y'])
    expect(isUsableName(name, true)).toBe(true);
});
