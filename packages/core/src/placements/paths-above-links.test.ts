import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adder } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime } from '../index.js';

// `link/..` is the folder `other` to the system, and `folder` to who resolves it by its text.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'above-links-'));
  mkdirSync(join(folder, 'other/inner'), { recursive: true });
  symlinkSync('other/inner', join(folder, 'link'));
  writeFileSync(join(folder, 'other/adder.wasm'), adder);
  writeFileSync(join(folder, 'other/mark'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Answers with the errno of opening the file `mark` in the first folder that it has.
const opener = wat(`(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1) (data (i32.const 0) "mark")
  (func (export "open") (result i32)
    (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 0)
      (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 16))))`);

const placements = ['inline', 'worker', 'process'] as const;

it.skipIf(process.platform === 'win32').each(placements)(
  'a guest and a folder are found where the system finds them, in placement %s',
  async (placement) => {
    for (const place of [`${folder}/link/..`, `${relative(process.cwd(), folder)}/link/..`]) {
      await using runtime = await createRuntime({ placement, wasi: { preopens: { '/': place } } });
      const { exports } = await runtime.instantiate(`${place}/adder.wasm`);
      expect(await exports.add?.(3, 4)).toBe(7);
      const instance = await runtime.instantiate(opener);
      expect(await instance.exports.open?.()).toBe(0);
    }
  },
);
