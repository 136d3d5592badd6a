import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterEach, beforeEach, expect, it } from 'vitest';
import wabt from 'wabt';
import { runBin } from './__fixtures__/run-bin.js';

const { parseWat } = await wabt();
const guest = parseWat(
  'add.wat',
  `(module
    (import "wasmedge_process" "wasmedge_process_run" (func (result i32)))
    (memory (export "memory") 1)
    (func (export "add") (param $left i32) (param $right i32) (result i32)
      (i32.add (local.get 0) (local.get 1))))`,
);
guest.resolveNames();
const bytes = guest.toBinary({ write_debug_names: true }).buffer;

// Inside of the package, where core is found.
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(modules, '.types-'));
  writeFileSync(join(folder, 'a #1%.wasm'), bytes);
});
afterEach(() => rmSync(folder, { recursive: true }));

const types = (...args: string[]) => runBin(['types', ...args], { cwd: folder });

it('prints TypeScript for a guest', () => {
  const { status, stdout, stderr } = types('a #1%.wasm');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Types of the guest a #1%.wasm, made by wasmedge-plugins.');
  expect(stdout).toContain('- The plug-in process, which is in the package @wasmedge-plugins/process.');
  expect(stdout).toContain('readonly add: (left: number, right: number) => number;');
  expect(stdout).toContain("new URL('./a%20%231%25.wasm', import.meta.url)");
});

it('writes a module that loads the guest from where it lies', () => {
  mkdirSync(join(folder, 'src'));
  expect(types('a #1%.wasm', '-o', 'src/add.ts')).toEqual({ status: 0, stdout: '', stderr: '' });
  const text = readFileSync(join(folder, 'src/add.ts'), 'utf8');
  const module = join(folder, 'src/add.mjs');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  writeFileSync(module, ts.transpileModule(text, { compilerOptions }).outputText);
  const program = `
    import { load } from ${JSON.stringify(pathToFileURL(module).href)};
    import { hostFunction, hostModule } from '@wasmedge-plugins/core';
    const run = hostFunction([], ['i32'], () => 0);
    const instance = await load({ hostModules: [hostModule('wasmedge_process', { wasmedge_process_run: run })] });
    console.log(instance.exports.add(40, 2), instance.memory.pages);
    instance[Symbol.dispose]();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: '42 1\n', stderr: '' });
});

it('replaces what it has written, and no other file unless it is told to', () => {
  expect(types('a #1%.wasm', '-o', 'add.ts').status).toBe(0);
  expect(types('a #1%.wasm', '-o', 'add.ts').status).toBe(0);
  writeFileSync(join(folder, 'mine.ts'), 'export const mine = 1;\n');
  const { status, stderr } = types('a #1%.wasm', '-o', 'mine.ts');
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /mine\.ts was not written by this command; name another file, or replace it with --force/,
  );
  expect(readFileSync(join(folder, 'mine.ts'), 'utf8')).toBe('export const mine = 1;\n');
  expect(types('a #1%.wasm', '-o', 'mine.ts', '--force').status).toBe(0);
  expect(readFileSync(join(folder, 'mine.ts'), 'utf8')).toContain('export const load');
});

it('writes declarations for a bundler', () => {
  expect(types('a #1%.wasm', '-o', 'a.d.wasm.ts').status).toBe(0);
  const text = readFileSync(join(folder, 'a.d.wasm.ts'), 'utf8');
  expect(text).toContain('export declare const load: GuestLoader<Guest>;');
});

it.each<[string[], number, RegExp]>([
  [['missing.wasm'], 1, /missing\.wasm cannot be read/],
  [
    ['a #1%.wasm', '-o', 'a.cts'],
    2,
    /must be a TypeScript file of an ES module; name it \.ts, \.mts or \.d\.wasm\.ts/,
  ],
  [['a #1%.wasm', '-o', 'a.js'], 2, /TypeScript file/],
  [['a #1%.wasm', '-o', 'no/add.ts'], 2, /there is no folder no; create it, or name another file/],
  [['a #1%.wasm', '-o', 'link.ts', '--force'], 2, /link\.ts is a link, and nothing was written/],
  [['text.wasm'], 1, /not a WebAssembly module|not a valid/],
])('refuses %j', (args, expected, message) => {
  writeFileSync(join(folder, 'text.wasm'), 'text');
  rmSync(join(folder, 'link.ts'), { force: true });
  symlinkSync('elsewhere', join(folder, 'link.ts'));
  const { status, stdout, stderr } = types(...args);
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
  expect(stderr).toMatch(message);
});
