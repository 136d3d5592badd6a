import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { libc } from '../../native/libc.js';
import { guestWithFolder } from '../__fixtures__/guest-with-folder.js';
import {
  BADF,
  EXIST,
  FAULT,
  FD_READ,
  FD_SEEK,
  FD_TELL,
  FD_WRITE,
  INVAL,
  ISDIR,
  MFILE,
  NOENT,
  NOTCAPABLE,
  NOTDIR,
  NOTEMPTY,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_TRUNC,
  PATH_CREATE_FILE,
  PATH_OPEN,
  PERM,
  SPIPE,
} from '../__fixtures__/preview1.js';
import { resultAt } from '../__fixtures__/wasi-guest.js';

// Expected numbers and behaviour: wasi_snapshot_preview1 (WebAssembly/WASI, legacy/preview1/docs.md), and POSIX where it refers to that.

function withFile(content = 'hello') {
  const made = guestWithFolder();
  const file = path.join(made.folder, 'file');
  writeFileSync(file, content);
  return { ...made, file };
}

describe('path_open', () => {
  test('creates, refuses to create anew, truncates', () => {
    const { guest, folder } = guestWithFolder();
    using _guest = guest;
    expect(guest.open('new')).toBe(-NOENT);
    const fd = guest.open('new', { flags: O_CREAT });
    expect(fd).toBe(4);
    expect(guest.write(fd, 'text')).toBe(0);
    expect(guest.result).toBe(4);
    expect(guest.open('new', { flags: O_CREAT | O_EXCL })).toBe(-EXIST);
    expect(readFileSync(path.join(folder, 'new'), 'utf8')).toBe('text');
    expect(guest.open('new', { flags: O_TRUNC })).toBe(5);
    expect(statSync(path.join(folder, 'new')).size).toBe(0);
  });

  test('files and folders are told apart', () => {
    const { guest, folder } = withFile();
    using _guest = guest;
    mkdirSync(path.join(folder, 'sub'));
    expect(guest.open('file', { flags: O_DIRECTORY })).toBe(-NOTDIR);
    expect(guest.open('nothing', { flags: O_DIRECTORY })).toBe(-NOENT);
    expect(guest.open('sub', { rights: FD_WRITE })).toBe(-ISDIR);
    expect(guest.open('sub', { flags: O_CREAT })).toBe(-ISDIR);
    expect(guest.open('sub', { flags: O_CREAT | O_EXCL })).toBe(-EXIST);
    expect(guest.open('sub', { flags: O_CREAT | O_DIRECTORY })).toBe(-INVAL);
    expect(guest.open('new/', { flags: O_CREAT })).toBe(-ISDIR);
    expect(guest.open('sub', { rights: FD_READ })).toBe(4);
    expect(guest.read(4)).toBe(ISDIR);
    expect(guest.write(4, 'x')).toBe(BADF);
    expect(guest.call('fd_seek', 4, 0n, 0, resultAt)).toBe(BADF);
    expect(guest.open('x', { dir: guest.open('file') })).toBe(-NOTDIR);
    expect(guest.open('x', { dir: 99 })).toBe(-BADF);
  });

  test('unknown flags are refused', () => {
    const { guest } = withFile();
    using _guest = guest;
    expect(guest.open('file', { flags: 16 })).toBe(-INVAL);
    expect(guest.open('file', { fdFlags: 32 })).toBe(-INVAL);
    expect(guest.call('path_open', 3, 2, ...guest.text('file'), 0, 0n, 0n, 0, resultAt)).toBe(INVAL);
  });

  test('a bad pointer for the result opens nothing', () => {
    const { guest } = withFile();
    using _guest = guest;
    expect(guest.call('path_open', 3, 0, ...guest.text('new'), O_CREAT, 0n, 0n, 0, -1)).toBe(FAULT);
    expect(guest.statPath('new')).toBe(NOENT);
    expect(guest.open('file')).toBe(4);
  });

  test('the lowest free number is taken, and the table is bounded', () => {
    const { guest } = withFile();
    using _guest = guest;
    expect([guest.open('file'), guest.open('file'), guest.call('fd_close', 4), guest.open('file')]).toEqual([
      4, 5, 0, 4,
    ]);
    const opened: number[] = [];
    while ((opened.at(-1) ?? 0) >= 0) opened.push(guest.open('file', { rights: 0n }));
    expect(opened.slice(-2)).toEqual([1023, -MFILE]);
    expect(guest.call('fd_close', 100)).toBe(0);
    expect(guest.open('file')).toBe(100);
  });
});

describe('rights', () => {
  test('a file opened for reading cannot be written, and the other way round', () => {
    const { guest, file } = withFile();
    using _guest = guest;
    const reads = guest.open('file', { rights: FD_READ });
    expect(guest.write(reads, 'x')).toBe(NOTCAPABLE);
    expect(guest.read(reads)).toBe('hello');
    const writes = guest.open('file', { rights: FD_WRITE });
    expect(guest.read(writes)).toBe(NOTCAPABLE);
    expect(guest.write(writes, 'J')).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('Jello');
  });

  test('fd_seek without rights::fd_seek can only tell', () => {
    const { guest } = withFile();
    using _guest = guest;
    const fd = guest.open('file', { rights: FD_READ | FD_TELL });
    expect(guest.call('fd_seek', fd, 0n, 1, resultAt)).toBe(0);
    expect(guest.call('fd_seek', fd, 1n, 0, resultAt)).toBe(NOTCAPABLE);
    expect(guest.call('fd_pread', fd, guest.vectors([512, 1]), 1, 0n, resultAt)).toBe(NOTCAPABLE);
    expect(guest.call('fd_tell', guest.open('file', { rights: FD_SEEK }), resultAt)).toBe(NOTCAPABLE);
  });

  test('they are inherited, narrowed, and never widened', () => {
    const { guest, folder } = withFile();
    using _guest = guest;
    mkdirSync(path.join(folder, 'sub'));
    writeFileSync(path.join(folder, 'sub', 'file'), '');
    const sub = guest.open('sub', { rights: PATH_OPEN, inheriting: FD_READ });
    expect(guest.open('file', { dir: sub, rights: FD_READ, inheriting: 0n })).toBe(5);
    expect(guest.open('file', { dir: sub, rights: FD_READ | FD_WRITE, inheriting: 0n })).toBe(-NOTCAPABLE);
    expect(guest.open('new', { dir: sub, rights: 0n, inheriting: 0n, flags: O_CREAT })).toBe(-NOTCAPABLE);
    expect(guest.open('file', { dir: sub, rights: 0n, inheriting: 0n, flags: O_TRUNC })).toBe(-NOTCAPABLE);
    expect(guest.open('file', { dir: sub, rights: 0n, inheriting: 0n, fdFlags: 16 })).toBe(-NOTCAPABLE);
    expect(guest.call('fd_fdstat_set_rights', sub, PATH_OPEN | PATH_CREATE_FILE, 0n)).toBe(NOTCAPABLE);
    expect(guest.call('fd_fdstat_set_rights', sub, PATH_OPEN, FD_WRITE)).toBe(NOTCAPABLE);
    expect(guest.call('fd_fdstat_set_rights', sub, 0n, 0n)).toBe(0);
    expect(guest.open('file', { dir: sub, rights: 0n, inheriting: 0n })).toBe(-NOTCAPABLE);
  });

  test('what applies to neither a file nor a folder may be asked for and is left out', () => {
    const { guest } = withFile();
    using _guest = guest;
    const fd = guest.open('file', { rights: -1n, inheriting: -1n });
    expect(guest.call('fd_fdstat_get', fd, 512)).toBe(0);
    // fdstat: filetype regular_file (4), no flags, rights of a file, nothing inherited.
    expect(guest.memory.readU8(512)).toBe(4);
    expect(guest.memory.readU64(520)).toBe(0x08e001ffn);
    expect(guest.memory.readU64(528)).toBe(0n);
  });
});

describe('positions', () => {
  test('fd_seek, fd_tell, fd_read and fd_write share one', () => {
    const { guest } = withFile('0123456789');
    using _guest = guest;
    const fd = guest.open('file');
    const seek = (offset: bigint, whence: number) => {
      const errno = guest.call('fd_seek', fd, offset, whence, resultAt);
      return errno === 0 ? guest.memory.readU64(resultAt) : -errno;
    };
    expect(guest.read(fd, 3)).toBe('012');
    expect(seek(2n, 1)).toBe(5n);
    expect(guest.read(fd, 2)).toBe('56');
    expect(seek(-1n, 2)).toBe(9n);
    expect(guest.read(fd)).toBe('9');
    expect(guest.read(fd)).toBe('');
    expect(seek(0n, 0)).toBe(0n);
    expect(guest.write(fd, 'ab')).toBe(0);
    expect(guest.call('fd_tell', fd, resultAt)).toBe(0);
    expect(guest.memory.readU64(resultAt)).toBe(2n);
    expect(seek(-1n, 0)).toBe(-INVAL);
    expect(seek(0x7fffffffffffffffn, 2)).toBe(-INVAL);
    expect(seek(0n, 3)).toBe(-INVAL);
    expect(guest.read(fd, 3)).toBe('234');
  });

  test('fd_pread and fd_pwrite leave it alone', () => {
    const { guest, file } = withFile('0123456789');
    using _guest = guest;
    const fd = guest.open('file');
    const vectors = guest.vectors([512, 2], [514, 3]);
    expect(guest.call('fd_pread', fd, vectors, 2, 4n, resultAt)).toBe(0);
    expect([guest.result, guest.memory.readString(512, 5)]).toEqual([5, '45678']);
    expect(guest.call('fd_pwrite', fd, vectors, 2, 0n, resultAt)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('4567856789');
    expect(guest.call('fd_pread', fd, vectors, 2, -1n, resultAt)).toBe(INVAL);
    expect(guest.read(fd, 1)).toBe('4');
  });

  test('several buffers are filled in order, empty ones are skipped', () => {
    const { guest } = withFile('abcdef');
    using _guest = guest;
    const vectors = guest.vectors([512, 2], [0, 0], [600, 3], [700, 10]);
    expect(guest.call('fd_read', guest.open('file'), vectors, 4, resultAt)).toBe(0);
    expect(guest.result).toBe(6);
    expect(guest.memory.readString(512, 2)).toBe('ab');
    expect(guest.memory.readString(600, 3)).toBe('cde');
    expect(guest.memory.readString(700, 1)).toBe('f');
  });

  test('a read that overwrites its own list of buffers stays in the buffers that were given', () => {
    const { guest } = withFile('\xff'.repeat(40));
    using _guest = guest;
    const vectors = guest.vectors([256, 16], [512, 8]);
    expect(guest.call('fd_read', guest.open('file'), vectors, 2, resultAt)).toBe(0);
    expect(guest.result).toBe(24);
  });

  test('lists of buffers are bounded: 1024 (IOV_MAX), and no more than the memory holds', () => {
    const { guest } = withFile();
    using _guest = guest;
    const fd = guest.open('file');
    expect(guest.call('fd_read', fd, 0, 1025, resultAt)).toBe(INVAL);
    expect(guest.call('fd_write', fd, guest.vectors([0, 131072], [0, 131072]), 2, resultAt)).toBe(INVAL);
    expect(guest.call('fd_write', fd, guest.vectors([0, 4], [131072, 1]), 2, resultAt)).toBe(FAULT);
    expect(guest.read(fd)).toBe('hello');
  });
});

describe('flags', () => {
  test('append writes at the end, wherever the position is', () => {
    const { guest, file } = withFile();
    using _guest = guest;
    const fd = guest.open('file', { fdFlags: 1 });
    expect(guest.write(fd, ' you')).toBe(0);
    expect(guest.call('fd_seek', fd, 0n, 0, resultAt)).toBe(0);
    expect(guest.write(fd, '!')).toBe(0);
    expect(guest.call('fd_tell', fd, resultAt)).toBe(0);
    expect(guest.memory.readU64(resultAt)).toBe(10n);
    expect(readFileSync(file, 'utf8')).toBe('hello you!');
  });

  test('append can be taken away and given back', () => {
    const { guest, file } = withFile();
    using _guest = guest;
    const fd = guest.open('file', { fdFlags: 1 });
    expect(guest.call('fd_fdstat_set_flags', fd, 0)).toBe(0);
    expect(guest.write(fd, 'J')).toBe(0);
    expect(guest.call('fd_fdstat_set_flags', fd, 1)).toBe(0);
    expect(guest.write(fd, '!')).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('Jello!');
    expect(guest.call('fd_fdstat_get', fd, 512)).toBe(0);
    expect(guest.memory.readU16(514)).toBe(1);
    expect(guest.call('fd_fdstat_set_flags', fd, 32)).toBe(INVAL);
  });

  test.skipIf(libc() === undefined)('they belong to the file that is open, whatever has its name', () => {
    const { guest, folder } = withFile();
    using _guest = guest;
    const fd = guest.open('file');
    expect(guest.call('path_rename', 3, ...guest.text('file'), 3, ...guest.secondText('old'))).toBe(0);
    guest.open('file', { flags: O_CREAT });
    expect(guest.call('fd_fdstat_set_flags', fd, 1)).toBe(0);
    expect(guest.write(fd, '!')).toBe(0);
    expect(readFileSync(path.join(folder, 'old'), 'utf8')).toBe('hello!');
    expect(guest.atPath('path_unlink_file', 'old')).toBe(0);
    expect(guest.call('fd_fdstat_set_flags', fd, 0)).toBe(0);
    expect(guest.call('fd_fdstat_set_flags', fd, 1)).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')('one that is unlinked can be made synchronous', () => {
    const { guest } = withFile();
    using _guest = guest;
    const fd = guest.open('file');
    expect(guest.atPath('path_unlink_file', 'file')).toBe(0);
    // fdflags: dsync 2, rsync 8, sync 16.
    for (const flags of [2, 8, 16, 1, 17, 0]) {
      expect(guest.call('fd_fdstat_set_flags', fd, flags)).toBe(0);
      expect(guest.write(fd, 'x')).toBe(0);
    }
    expect(guest.call('fd_tell', fd, resultAt)).toBe(0);
    expect(guest.memory.readU64(resultAt)).toBe(8n);
  });
});

describe('fd_* on files', () => {
  test('sizes: set, allocate, advise, sync', () => {
    const { guest, file } = withFile();
    using _guest = guest;
    const fd = guest.open('file');
    expect(guest.call('fd_filestat_set_size', fd, 2n)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('he');
    expect(guest.call('fd_allocate', fd, 3n, 2n)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('he\0\0\0');
    expect(guest.call('fd_allocate', fd, 0n, 1n)).toBe(0);
    expect(statSync(file).size).toBe(5);
    expect(guest.call('fd_allocate', fd, 0n, 0n)).toBe(INVAL);
    expect(guest.call('fd_allocate', fd, -1n, -1n)).toBe(INVAL);
    expect(guest.call('fd_filestat_set_size', fd, -1n)).toBe(INVAL);
    expect(guest.call('fd_advise', fd, 0n, 0n, 3)).toBe(0);
    expect(guest.call('fd_advise', fd, 0n, 0n, 6)).toBe(INVAL);
    expect([guest.call('fd_sync', fd), guest.call('fd_datasync', fd), guest.call('fd_sync', 3)]).toEqual([
      0, 0, 0,
    ]);
  });

  test('filestat tells what the host tells, and times can be set', () => {
    const { guest, file, folder } = withFile();
    using _guest = guest;
    utimesSync(file, 1000, 2000.5);
    const fd = guest.open('file');
    const host = statSync(file, { bigint: true });
    const field = (offset: number) => guest.memory.readU64(512 + offset);
    for (const stat of [
      () => guest.call('fd_filestat_get', fd, 512),
      () => guest.call('path_filestat_get', 3, 0, ...guest.text('file'), 512),
    ]) {
      guest.memory.fill(512, 64, 0xff);
      expect(stat()).toBe(0);
      expect([field(0), field(8), field(16), field(24), field(32)]).toEqual([host.dev, host.ino, 4n, 1n, 5n]);
      expect([field(40), field(48), field(56)]).toEqual([1000n * 10n ** 9n, 2000_500000000n, host.ctimeNs]);
    }
    // fstflags: 1 atim, 2 atim_now, 4 mtim, 8 mtim_now.
    expect(guest.call('fd_filestat_set_times', fd, 7_000_000_000n, 0n, 1)).toBe(0);
    expect(statSync(file)).toMatchObject({ atimeMs: 7000, mtimeMs: 2000500 });
    expect(guest.atPath('path_filestat_set_times', 'x')).not.toBe(0);
    const set = (name: string, flags: number, mtime: bigint) =>
      guest.call('path_filestat_set_times', 3, 0, ...guest.text(name), 0n, mtime, flags);
    expect(set('file', 4, 9_000_000_000n)).toBe(0);
    expect(statSync(file)).toMatchObject({ atimeMs: 7000, mtimeMs: 9000 });
    expect(set('.', 4, 9_000_000_000n)).toBe(0);
    expect(statSync(folder).mtimeMs).toBe(9000);
    expect(guest.call('fd_filestat_set_times', 3, 0n, 5_000_000_000n, 4)).toBe(0);
    expect(statSync(folder).mtimeMs).toBe(5000);
    expect(set('file', 8, 0n)).toBe(0);
    expect(Math.abs(statSync(file).mtimeMs - Date.now())).toBeLessThan(10_000);
    expect(set('file', 12, 0n)).toBe(INVAL);
    expect(set('file', 16, 0n)).toBe(INVAL);
    expect(set('nothing', 4, 0n)).toBe(NOENT);
  });

  test('fd_renumber closes what had the number', () => {
    const { guest } = withFile();
    using _guest = guest;
    const [first, second] = [guest.open('file'), guest.open('file')];
    guest.read(first, 2);
    expect(guest.call('fd_renumber', first, second)).toBe(0);
    expect(guest.read(first)).toBe(BADF);
    expect(guest.read(second)).toBe('llo');
    expect(guest.call('fd_renumber', second, second)).toBe(0);
    expect(guest.call('fd_renumber', second, 50)).toBe(BADF);
    expect(guest.call('fd_renumber', 50, second)).toBe(BADF);
    expect(guest.call('fd_close', first)).toBe(BADF);
  });
});

describe('names', () => {
  test('folders are made and removed', () => {
    const { guest } = withFile();
    using _guest = guest;
    expect(guest.atPath('path_create_directory', 'a')).toBe(0);
    expect(guest.atPath('path_create_directory', 'a/b/')).toBe(0);
    expect(guest.atPath('path_create_directory', 'a')).toBe(EXIST);
    expect(guest.atPath('path_create_directory', 'x/y')).toBe(NOENT);
    expect(guest.atPath('path_remove_directory', 'a')).toBe(NOTEMPTY);
    expect(guest.atPath('path_remove_directory', 'file')).toBe(NOTDIR);
    expect(guest.atPath('path_unlink_file', 'a')).toBe(ISDIR);
    expect(guest.atPath('path_remove_directory', 'a/b/')).toBe(0);
    expect(guest.atPath('path_remove_directory', 'a')).toBe(0);
    expect(guest.atPath('path_unlink_file', 'file')).toBe(0);
    expect(guest.atPath('path_unlink_file', 'file')).toBe(NOENT);
  });

  test('renaming, hard links and symbolic links', () => {
    const { guest, folder } = withFile();
    using _guest = guest;
    const two = (name: string, from: string, to: string, ...lookup: number[]) =>
      guest.call(name, 3, ...lookup, ...guest.text(from), 3, ...guest.secondText(to));
    mkdirSync(path.join(folder, 'sub'));
    expect(two('path_rename', 'file', 'sub/moved')).toBe(0);
    expect(two('path_rename', 'file', 'sub/moved')).toBe(NOENT);
    expect(two('path_rename', 'sub/moved', 'new/')).toBe(NOTDIR);
    expect(two('path_link', 'sub/moved', 'hard', 0)).toBe(0);
    expect(two('path_link', 'sub/moved', 'hard', 0)).toBe(EXIST);
    expect(two('path_link', 'sub', 'hard2', 0)).toBe(PERM);
    expect(guest.call('path_symlink', ...guest.secondText('sub/moved'), 3, ...guest.text('soft'))).toBe(0);
    expect(two('path_link', 'soft', 'followed', 1)).toBe(0);
    expect(statSync(path.join(folder, 'hard')).nlink).toBe(3);
    expect(guest.atPath('path_readlink', 'soft', 512, 100, resultAt)).toBe(0);
    expect(guest.memory.readString(512, guest.result)).toBe('sub/moved');
    expect(guest.atPath('path_readlink', 'soft', 512, 3, resultAt)).toBe(0);
    expect([guest.result, guest.memory.readString(512, 3)]).toEqual([3, 'sub']);
    expect(guest.atPath('path_readlink', 'hard', 512, 3, resultAt)).toBe(INVAL);
    expect(guest.statPath('soft')).toBe(0);
    expect(guest.memory.readU8(resultAt + 16)).toBe(7);
    expect(guest.statPath('soft', true)).toBe(0);
    expect(guest.memory.readU8(resultAt + 16)).toBe(4);
    expect(guest.atPath('path_unlink_file', 'soft')).toBe(0);
    expect(readFileSync(path.join(folder, 'sub', 'moved'), 'utf8')).toBe('hello');
  });

  test.skipIf(process.platform === 'win32')(
    'what is neither a file nor a folder does not make the host wait',
    () => {
      const { guest, folder } = guestWithFolder();
      using _guest = guest;
      execFileSync('mkfifo', [path.join(folder, 'pipe')]);
      const fd = guest.open('pipe', { rights: FD_READ | FD_SEEK | FD_TELL, fdFlags: 4 });
      expect(guest.read(fd)).toBe('');
      expect(guest.call('fd_seek', fd, 0n, 0, resultAt)).toBe(SPIPE);
      expect(guest.call('fd_pread', fd, guest.vectors([512, 1]), 1, 0n, resultAt)).toBe(SPIPE);
      // filetype: unknown, as preview1 has none for pipes.
      guest.call('fd_fdstat_get', fd, 512);
      expect(guest.memory.readU8(512)).toBe(0);
    },
  );

  test('stdio has no position', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    expect(guest.call('fd_seek', 1, 0n, 0, resultAt)).toBe(SPIPE);
    expect(guest.call('fd_tell', 0, resultAt)).toBe(SPIPE);
    expect(guest.call('fd_pread', 0, guest.vectors([512, 1]), 1, 0n, resultAt)).toBe(SPIPE);
  });
});
