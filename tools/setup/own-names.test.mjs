// @ts-check
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { giveOwnNames } from './own-names.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-names-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('renames a library, and what others call it, and leaves every other byte', () => {
  const bytes = Buffer.from([0, 255, 128, 10]);
  const named = (/** @type {string} */ name) => Buffer.concat([bytes, Buffer.from(`\0${name}\0`), bytes]);
  writeFileSync(join(folder, 'libone.so.0.1'), named('libone.so.0'));
  symlinkSync('libone.so.0.1', join(folder, 'libone.so.0'));
  writeFileSync(join(folder, 'libuser.so.2'), Buffer.concat([named('libone.so.0'), named('libone.so.01')]));
  giveOwnNames(folder, ['libone.so.0']);
  const read = (/** @type {string} */ name) => readFileSync(join(folder, name));
  expect(read('libone.so.o')).toEqual(named('libone.so.o'));
  expect(read('libuser.so.2')).toEqual(Buffer.concat([named('libone.so.o'), named('libone.so.01')]));
});
