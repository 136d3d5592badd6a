import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolders } from './make-folders.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'make-folders-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('makes every folder that is missing, and none twice', () => {
  const path = join(root, 'a/b/c');
  makeFolders(path, 0o700);
  makeFolders(path);
  makeFolders(relative(process.cwd(), join(root, 'a/b/d')));
  expect(statSync(join(root, 'a/b/d')).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
});

it('says what is in the way', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(() => makeFolders(file)).toThrow('EEXIST');
  expect(() => makeFolders(join(file, 'a/b'))).toThrow('ENOTDIR');
});

// mkdirSync(path, { recursive: true }) does not return here.
it.runIf(process.platform === 'linux').each(['/proc/none', '/proc/none/of/these'])(
  'is refused where no folder can be made: %s',
  (path) => {
    expect(() => makeFolders(path)).toThrow('ENOENT');
  },
);
