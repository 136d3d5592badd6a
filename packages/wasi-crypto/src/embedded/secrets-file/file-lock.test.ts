import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withFileLock } from './file-lock.js';

// A disk is filled by what is written to it, which is too much for a test.
const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  return {
    ...fs,
    writeFileSync: (...args: Parameters<typeof fs.writeFileSync>) => {
      if (disk.isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      fs.writeFileSync(...args);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasi-crypto-lock-'));
});
afterEach(() => {
  disk.isFull = false;
  rmSync(folder, { recursive: true });
});

// POSIX, write(): a file that could not be written is there all the same, empty.
it.each([
  ['for its lock', () => {}],
  [
    'to take over a lock that was left behind',
    (lock: string) => {
      writeFileSync(lock, '');
      utimesSync(lock, 0, 0);
    },
  ],
])('leaves nothing that keeps others waiting where the disk has no room %s', (_name, prepare) => {
  const lock = join(folder, 'lock');
  prepare(lock);
  disk.isFull = true;
  expect(() => withFileLock(lock, () => 'done')).toThrow('ENOSPC');
  disk.isFull = false;
  expect(withFileLock(lock, () => 'done')).toBe('done');
  expect(readdirSync(folder)).toEqual([]);
});
