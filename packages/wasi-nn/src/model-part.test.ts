import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { fileOf, pathOfPart, pathPart } from './model-part.js';

it.skipIf(process.platform === 'win32')(
  'a file is found where the system finds it, also above a link',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'model-part-'));
    mkdirSync(join(folder, 'models/new'), { recursive: true });
    symlinkSync('models/new', join(folder, 'link'));
    writeFileSync(join(folder, 'models/a.bin'), 'of the system');
    writeFileSync(join(folder, 'a.bin'), 'of the text');
    // As the text of the path has it, `link/..` is nothing.
    for (const path of [`${folder}/link/../a.bin`, `${relative(process.cwd(), folder)}/link/../a.bin`]) {
      expect(readFileSync(path, 'utf8')).toBe('of the system');
      expect(readFileSync(fileOf(path) ?? '', 'utf8')).toBe('of the system');
      expect(readFileSync(pathOfPart(pathPart(path)) ?? '', 'utf8')).toBe('of the system');
    }
    expect(fileOf(pathToFileURL(join(folder, 'a.bin')))).toBe(join(folder, 'a.bin'));
    expect(fileOf('a.bin')).toBe(join(process.cwd(), 'a.bin'));
    rmSync(folder, { recursive: true });
  },
);
