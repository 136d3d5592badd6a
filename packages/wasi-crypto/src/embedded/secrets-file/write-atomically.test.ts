import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeAtomically } from './write-atomically.js';

const nobody = 65_534;

// open(2): a folder without the right to read cannot be opened, though rename(2) needs only the rights to write and to search.
it.runIf(process.getuid?.() === 0)('has written where the folder may be written but not read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-'));
  chmodSync(folder, 0o300);
  chownSync(folder, nobody, nobody);
  const file = join(folder, 'keys');
  process.seteuid?.(nobody);
  try {
    writeAtomically(file, `${file}.new`, Buffer.from('first'));
    writeAtomically(file, `${file}.new`, Buffer.from('second'));
  } finally {
    process.seteuid?.(0);
  }
  expect(readFileSync(file, 'utf8')).toBe('second');
  rmSync(folder, { recursive: true });
});
