import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../wasi/__fixtures__/temporary-folder.js';
import { libc } from './libc.js';

const found = libc()?.at;

describe.skipIf(found === undefined)(
  'functions on names in an open folder (POSIX openat, Linux statx)',
  () => {
    const at = found as NonNullable<typeof found>;

    function folder() {
      const made = temporaryFolder();
      writeFileSync(path.join(made, 'file'), 'text');
      mkdirSync(path.join(made, 'sub'));
      symlinkSync('file', path.join(made, 'link'));
      const fd = openSync(made, constants.O_RDONLY | constants.O_DIRECTORY);
      onTestFinished(() => closeSync(fd));
      return { made, fd };
    }

    test.each(['file', 'sub', 'link', '.', '..'])('%s is known as Node.js knows it', (name) => {
      const { made, fd } = folder();
      const { mode, dev, ino, nlink, size, atimeNs, mtimeNs, ctimeNs } = lstatSync(path.join(made, name), {
        bigint: true,
      });
      const expected = { mode: Number(mode), dev, ino, nlink, size, atimeNs, mtimeNs, ctimeNs };
      expect(at.lstat(fd, name)).toEqual(expected);
    });

    // Their numbers of device and inode are large, or come from file systems without a device.
    test.each(['/proc/self/status', '/dev/null', '/proc/sys'])('%s too', (name) => {
      const { fd } = folder();
      const { dev, ino } = lstatSync(name, { bigint: true });
      expect(at.lstat(fd, name)).toMatchObject({ dev, ino });
    });

    test('nothing is undefined, and what the system refuses has the code of Node.js', () => {
      const { fd } = folder();
      expect(at.lstat(fd, 'nothing')).toBeUndefined();
      expect(() => at.lstat(fd, 'file/x')).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
      expect(() => at.open(fd, 'link', constants.O_RDONLY, 0)).toThrow(
        expect.objectContaining({ code: 'ELOOP' }),
      );
      expect(() => at.open(-1, 'file', constants.O_RDONLY, 0)).toThrow(
        expect.objectContaining({ code: 'EBADF' }),
      );
    });

    // struct linux_dirent64 of getdents(2): the inode first, the length of the record at 16, the type at 18, the name at 19.
    test.skipIf(at.list === undefined)('a folder is listed with the inodes that lstat tells', () => {
      const { made, fd } = folder();
      const buffer = Buffer.alloc(4096);
      const size = at.list?.(fd, buffer) ?? 0;
      const inodes = new Map<string, bigint>();
      for (let start = 0; start < size; start += buffer.readUInt16LE(start + 16)) {
        const name = buffer.toString('utf8', start + 19, buffer.indexOf(0, start + 19));
        inodes.set(name, buffer.readBigUInt64LE(start));
      }
      expect([...inodes.keys()].sort()).toEqual(['.', '..', 'file', 'link', 'sub']);
      for (const name of ['file', 'link', 'sub']) {
        expect(inodes.get(name)).toBe(lstatSync(path.join(made, name), { bigint: true }).ino);
      }
      expect(at.list?.(fd, buffer)).toBe(0);
      expect(() => at.list?.(-1, buffer)).toThrow(expect.objectContaining({ code: 'EBADF' }));
    });

    test('a file is made with its mode', () => {
      const { made, fd } = folder();
      const umask = process.umask();
      const opened = at.open(fd, 'new', constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o640);
      onTestFinished(() => closeSync(opened));
      expect(fstatSync(opened).mode & 0o777).toBe(0o640 & ~umask);
      expect(lstatSync(path.join(made, 'new')).ino).toBe(fstatSync(opened).ino);
    });
  },
);
