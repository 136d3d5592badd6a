import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { PluginLockError } from '../index.js';
import { addToLock, formatLock, type LockedFile, readLockFile, writeLockFile } from '../plugins.js';
import { parseLock } from './lock-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, sum: string, platform = 'linux'): LockedFile => ({
  file: name,
  sha256: sum.repeat(64),
  size: 5,
  platform,
  architectures: ['x64'],
});

it('is read as it was written, and written over in one step', () => {
  const path = join(folder, 'lock.json');
  const lock = addToLock(undefined, 'b', [file('b.so', 'b')]);
  writeLockFile(path, lock);
  expect(readLockFile(path)).toEqual(lock);
  const more = addToLock(readLockFile(pathToFileURL(path)), 'a', [file('a.so', 'a')]);
  writeLockFile(pathToFileURL(path), more);
  expect(readLockFile(path)).toEqual(more);
  expect(readdirSync(folder)).toEqual(['lock.json']);
});

it('has the same text for the same plug-ins, in whatever order they were locked', () => {
  const files = [
    ['b', file('b.so', 'b')],
    ['a', file('a.dylib', 'c', 'darwin')],
    ['a', file('a.so', 'a')],
  ] as const;
  const text = (order: readonly (typeof files)[number][]) =>
    formatLock(
      order.reduce((lock, [name, entry]) => addToLock(lock, name, [entry]), {
        lockfileVersion: 1,
        plugins: {},
      } as ReturnType<typeof addToLock>),
    );
  expect(text(files)).toBe(text([...files].reverse()));
  expect(Object.keys(JSON.parse(text(files)).plugins)).toEqual(['a', 'b']);
  expect(text(files).endsWith('}\n')).toBe(true);
});

it('has one sum for a file of a platform: the last one', () => {
  const lock = addToLock(addToLock(undefined, 'a', [file('a.so', 'a'), file('a.so', 'd', 'darwin')]), 'a', [
    file('a.so', 'b'),
  ]);
  expect(lock.plugins.a?.map(({ sha256 }) => sha256[0])).toEqual(['d', 'b']);
});

it('cannot be written where there is no folder, and leaves nothing behind', () => {
  const target = join(folder, 'taken');
  mkdirSync(join(target, 'x'), { recursive: true });
  for (const path of [join(folder, 'no', 'lock.json'), target]) {
    expectThrows(
      () => writeLockFile(path, addToLock(undefined, 'a', [])),
      PluginLockError,
      'ERR_PLUGIN_LOCK',
      /cannot be written/,
    );
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

it.each([
  ['', /Unexpected end/],
  ['[]', /lockfileVersion is undefined/],
  ['null', /lockfileVersion is undefined/],
  ['{"lockfileVersion":"1","plugins":{}}', /lockfileVersion is "1"/],
  ['{"lockfileVersion":1}', /no plugins/],
  ['{"lockfileVersion":1,"plugins":[]}', /no plugins/],
  ['{"lockfileVersion":1,"plugins":{"a":{}}}', /the files of a/],
  [
    JSON.stringify({ lockfileVersion: 1, plugins: { a: [{ ...file('a', 'a'), sha256: 'A'.repeat(64) }] } }),
    /the files of a/,
  ],
  [
    JSON.stringify({ lockfileVersion: 1, plugins: { a: [{ ...file('a', 'a'), architectures: [5] }] } }),
    /the files of a/,
  ],
])('is not valid: %s', (text, said) => {
  expectThrows(() => parseLock(text, 'lock.json'), PluginLockError, 'ERR_PLUGIN_LOCK', said);
});

it('may name a plug-in __proto__ or constructor', () => {
  expect(
    addToLock(addToLock(undefined, 'a', []), 'constructor', [file('c', 'c')]).plugins.constructor,
  ).toHaveLength(1);
  const path = join(folder, 'proto.json');
  const lock = parseLock(
    `{"lockfileVersion":1,"plugins":{"__proto__":[${JSON.stringify(file('a', 'a'))}]}}`,
    'x',
  );
  writeLockFile(path, lock);
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).plugins)).toEqual(['__proto__']);
});
