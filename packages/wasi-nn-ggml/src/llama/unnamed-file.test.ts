import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withUnnamedFile } from './unnamed-file.js';

const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unnamed-file-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it.runIf(existsSync('/proc/self/fd'))('has no name while it is used', async () => {
  const read = await withUnnamedFile(bytes, async (path) => {
    expect(readdirSync(folder)).toEqual([]);
    // As llama.cpp does, more than once.
    return [readFileSync(path), readFileSync(path)];
  });
  expect(read.map((each) => each.equals(bytes))).toEqual([true, true]);
});

it('without a list of open files, is removed afterwards, as is what processes left that have ended', async () => {
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const names = [
    `wasmedge-plugins-ggml-${ended}-a`,
    `wasmedge-plugins-ggml-${process.ppid}-b`,
    `other-${ended}-c`,
  ];
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'model.gguf'), bytes);
  }
  const read = async (path: string) => {
    expect(readdirSync(folder)).toHaveLength(3);
    return readFileSync(path);
  };
  expect((await withUnnamedFile(bytes, read, false)).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual([names[2], names[1]]);
  await expect(withUnnamedFile(bytes, () => Promise.reject(new Error('no model')), false)).rejects.toThrow(
    'no model',
  );
  expect(readdirSync(folder)).toHaveLength(2);
});
