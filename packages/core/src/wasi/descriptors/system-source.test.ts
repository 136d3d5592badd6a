import { lstatSync, mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { libc } from '../../native/libc.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { FileType } from '../wasi-types.js';
import type { FolderEntry } from './entry-source.js';
import { SystemSource } from './system-source.js';

const list = libc()?.at?.list;

describe.skipIf(list === undefined)('the entries of a folder by the C library', () => {
  const sourceOf = (folder: string) => new SystemSource(folder, list as NonNullable<typeof list>);

  function entriesOf(folder: string): FolderEntry[] {
    const source = sourceOf(folder);
    const entries: FolderEntry[] = [];
    for (let entry = source.next(); entry !== undefined; entry = source.next()) entries.push(entry);
    source.close();
    return entries;
  }

  // lstat is the judge.
  test('those of a large folder have the inodes and types that they are known by', () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 300; index += 1) {
      const place = path.join(folder, `grün${index}`);
      if (index % 3 === 0) writeFileSync(place, '');
      else if (index % 3 === 1) mkdirSync(place);
      else symlinkSync('x', place);
    }
    const entries = entriesOf(folder);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(300);
    for (const { name, known } of entries) {
      if (known === undefined) continue;
      const stat = lstatSync(path.join(folder, name), { bigint: true });
      expect(known.ino).toBe(stat.ino);
      const others = stat.isDirectory() ? FileType.directory : FileType.symbolicLink;
      expect(known.fileType).toBe(stat.isFile() ? FileType.regularFile : others);
    }
  });

  // There are more of them than are looked up in any case.
  test('those of a file system that may have other numbers have none', () => {
    expect(entriesOf('/proc/sys/kernel').every(({ known }) => known === undefined)).toBe(true);
  });

  test('a folder that is removed while it is open is at its end (POSIX readdir)', () => {
    const folder = path.join(temporaryFolder(), 'gone');
    mkdirSync(folder);
    const source = sourceOf(folder);
    rmdirSync(folder);
    expect(source.next()).toBeUndefined();
    source.close();
  });
});
