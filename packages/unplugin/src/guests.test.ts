import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { createServer, build as vite } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import wabt from 'wabt';
import webpack from 'webpack';
import { guests } from './index.js';

const { parseWat } = await wabt();
const binary = (text: string) => parseWat('guest.wat', text).toBinary({}).buffer;
const adder = binary(`(module
  (import "env" "offset" (func $offset (result i32)))
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (call $offset) (i32.add (local.get 0) (local.get 1))))
  (func (export "__proto__") (result i32) (i32.const 7)))`);

const main = `
import { hostModule, implement } from '@wasmedge-plugins/core';
import { guest, importSignatures, load, signatures } from './add.wasm';
const env = hostModule('env', implement(importSignatures.env, { offset: () => 30 }));
load({ hostModules: [env] }).then((instance) => {
  console.log(instance.exports.add(10, 2), instance.exports['__proto__'](), Object.keys(signatures).length, guest.length);
  instance[Symbol.dispose]();
});`;
const answer = `42 7 2 ${adder.length}\n`;

/** Inside of the package, where core is found. */
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(modules, '.guests-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/add.wasm'), adder);
  writeFileSync(join(folder, 'src/main.js'), main);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
});
afterEach(() => rmSync(folder, { recursive: true }));

const external = [/^@wasmedge-plugins\//];
const entry = () => join(folder, 'src/main.js');

const bundlers = {
  esbuild: async (format: 'esm' | 'cjs', outfile: string) => {
    const plugins = [guests.esbuild()];
    const external = ['@wasmedge-plugins/*'];
    await esbuild({
      entryPoints: [entry()],
      bundle: true,
      platform: 'node',
      format,
      outfile,
      external,
      plugins,
    });
  },
  rollup: async (format: 'esm' | 'cjs', file: string) => {
    const bundle = await rollup({ input: entry(), external, plugins: [guests.rollup()] });
    await bundle.write({ file, format });
    await bundle.close();
  },
  vite: async (format: 'esm' | 'cjs', file: string) => {
    await vite({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [guests.vite()],
      build: {
        ssr: entry(),
        outDir: join(file, '..'),
        rolldownOptions: {
          external,
          output: { format, entryFileNames: file.slice(file.lastIndexOf('/') + 1) },
        },
      },
    });
  },
  webpack: async (format: 'esm' | 'cjs', file: string) => {
    const module = format === 'esm';
    const compiler = webpack({
      context: folder,
      entry: entry(),
      mode: 'none',
      target: 'node20',
      experiments: { outputModule: module },
      externalsType: module ? 'module' : 'commonjs',
      externals: external,
      output: { path: join(file, '..'), filename: file.slice(file.lastIndexOf('/') + 1), module },
      plugins: [guests.webpack()],
    });
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
      compiler.run((error, result) => (error ? reject(error) : resolve(result)));
    });
    expect(stats?.compilation.errors.map(String)).toEqual([]);
  },
};

describe.each(Object.entries(bundlers))('%s', (_name, bundle) => {
  it.each(['esm', 'cjs'] as const)('has the guest in a bundle in the format %s', async (format) => {
    const file = join(folder, `out/main.${format === 'esm' ? 'mjs' : 'cjs'}`);
    await bundle(format, file);
    rmSync(join(folder, 'src'), { recursive: true });
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', file], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: answer, stderr: '', status: 0 });
  });
});

describe('declarations', () => {
  const build = (options?: Parameters<typeof guests.rollup>[0]) =>
    rollup({
      input: entry(),
      external,
      plugins: [guests.rollup(options)],
      onLog: (_level, log) => logs.push(log.message),
    });
  let logs: string[] = [];
  const beside = () => join(folder, 'src/add.d.wasm.ts');
  beforeEach(() => {
    logs = [];
  });

  it('are written beside the guest, and follow it', async () => {
    await build();
    expect(readFileSync(beside(), 'utf8')).toContain('readonly add: (p0: number, p1: number) => number;');
    writeFileSync(join(folder, 'src/add.wasm'), binary('(module (func (export "other")))'));
    writeFileSync(entry(), "import { load } from './add.wasm';\nload();\n");
    await build();
    expect(readFileSync(beside(), 'utf8')).toContain('readonly other: () => void;');
    expect(logs).toEqual([]);
  });

  it('go into a folder, or nowhere', async () => {
    await build({ declarations: 'none' });
    expect(existsSync(beside())).toBe(false);
    await build({ declarations: { folder: join(folder, 'types') } });
    expect(existsSync(beside())).toBe(false);
    const path = join(folder, 'types', folder.slice(process.cwd().length), 'src/add.d.wasm.ts');
    expect(readFileSync(path, 'utf8')).toContain('export declare const load');
  });

  it('replace no file of somebody else', async () => {
    writeFileSync(beside(), 'export declare const mine: 1;\n');
    await build();
    expect(readFileSync(beside(), 'utf8')).toBe('export declare const mine: 1;\n');
    expect(logs.join('\n')).toMatch(/add\.d\.wasm\.ts was not made by this plug-in.*'none'/);
  });
});

it('serves a guest that Vite transforms as it is asked for', async () => {
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [guests.vite()],
  });
  try {
    const { signatures } = await server.ssrLoadModule('/src/add.wasm');
    expect(Object.keys(signatures)).toEqual(['add', '__proto__']);
  } finally {
    await server.close();
  }
});

it('refuses what is not a guest, with the reason', async () => {
  writeFileSync(join(folder, 'src/add.wasm'), 'text');
  const built = rollup({ input: entry(), external, plugins: [guests.rollup()] });
  await expect(built).rejects.toThrow(/WebAssembly/);
});

it('leaves other files to the bundler', async () => {
  const plugins = [guests.rollup({ include: /\.guest$/ })];
  await expect(rollup({ input: entry(), external, plugins })).rejects.toThrow();
  expect(existsSync(join(folder, 'src/add.d.wasm.ts'))).toBe(false);
});

it.each<[object, RegExp]>([
  [{ inclde: /x/ }, /inclde/],
  [{ include: '*.wasm' }, /include must be a regular expression or a function/],
  [{ declarations: 'here' }, /declarations must be 'beside', 'none' or/],
  [{ declarations: { folder: 5 } }, /declarations must be/],
])('refuses the options %o', (options, message) => {
  expect(() => guests.rollup(options as never)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringMatching(message) }),
  );
});
