import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRuntime, findWasmEdge, nativeFunctions, nativePlugin } from '@wasmedge-plugins/core';
import { describePluginFile, generateDeclarations, inspectPluginFile } from '@wasmedge-plugins/core/plugins';
import { describe, expect, it } from 'vitest';
import { buildNative, languages } from '../conformance/build-native.js';
import { getString } from './plugin.js';

// WasmEdge drops a file that it cannot use without a word. Here each reason is produced with the plug-in of the tutorial, and is an
// error of its own. All tests of this file share a process, and so WasmEdge's list of plug-ins.

const missing = await findWasmEdge().then(
  () => buildNative('C').then(() => undefined, String),
  (error: Error) => error.message,
);
const available = missing === undefined || Boolean(process.env.CI);
if (!available) it.skip(`cannot be built here: ${missing?.split('\n', 1)[0]}`);

const codeOf = (path: string, name?: string) =>
  createRuntime({ plugins: [nativePlugin({ path, ...(name !== undefined && { name }) })] }).then(
    (runtime) => {
      runtime[Symbol.dispose]();
      return 'loaded';
    },
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  );

describe.runIf(available)('a plug-in that cannot be loaded', { timeout: 120_000 }, () => {
  it('is not found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'get-string-none-'));
    expect(await codeOf(join(folder, 'libgetString.so'))).toMatch(/^ERR_NATIVE_PLUGIN_NOT_FOUND .*searched:/);
    const inPlaces = createRuntime({ plugins: [getString({ provider: 'native' })] });
    await expect(inPlaces).rejects.toMatchObject({ code: 'ERR_NATIVE_PLUGIN_NOT_FOUND' });
    await expect(inPlaces).rejects.toThrow(/libgetString.so.*searched:\n {2}\S+/);
  });

  it('is for another processor', async () => {
    const file = await buildNative('C');
    const bytes = readFileSync(file);
    // ELF: e_machine is at offset 18; 243 is RISC-V.
    bytes.writeUInt16LE(243, 18);
    writeFileSync(file, bytes);
    expect(await codeOf(file)).toMatch(/^ERR_NATIVE_PLUGIN_ARCHITECTURE .*riscv/i);
    expect(inspectPluginFile(file)).toMatchObject({ architectures: ['riscv64'], fitsHere: false });
  });

  it('lacks a library', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'get-string-library-'));
    const source = join(folder, 'gone.c');
    writeFileSync(source, 'int gone(void) { return 0; }\n');
    execFileSync(languages.C.compiler, ['-shared', '-fPIC', source, '-o', join(folder, 'libgone.so')]);
    const flags = [`-L${folder}`, '-Wl,--no-as-needed', '-lgone'];
    const file = await buildNative('C', { flags });
    rmSync(join(folder, 'libgone.so'));
    expect(await codeOf(file)).toMatch(/^ERR_NATIVE_PLUGIN_DEPENDENCY .*:\n.*libgone\.so/);
  });

  it('is for another version of WasmEdge', async () => {
    const replace = { WasmEdge_Plugin_CurrentAPIVersion: '99' };
    for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
      const file = await buildNative(language, { replace });
      expect(await codeOf(file), language).toMatch(/^ERR_NATIVE_PLUGIN_VERSION .*\b99\b/);
    }
  });

  it('is not a plug-in', async () => {
    const file = await buildNative('C', {
      replace: { 'WasmEdge_Plugin_GetDescriptor(void)': 'Other_GetDescriptor(void)' },
    });
    expect(await codeOf(file)).toMatch(/^ERR_NATIVE_PLUGIN_INVALID /);
    writeFileSync(file, 'not even a library');
    expect(await codeOf(file)).toMatch(/^ERR_NATIVE_PLUGIN_INVALID /);
  });

  it('has a name that is taken: the first stays, and its file is told', async () => {
    const first = await buildNative('C');
    expect(await codeOf(first)).toBe('loaded');
    const second = await buildNative('C++');
    expect(await codeOf(second)).toMatch(new RegExp(`^ERR_NATIVE_PLUGIN_NAME_TAKEN .*${dirname(first)}`));
    const copy = join(dirname(second), 'libcopy.so');
    copyFileSync(first, copy);
    expect(await codeOf(copy)).toMatch(/^ERR_NATIVE_PLUGIN_NAME_TAKEN /);
  });

  it('is a second WASI-NN backend', async () => {
    const replace = { '"plugin_name"': '"wasi_nn"' };
    const first = await buildNative('C', { replace });
    const second = await buildNative('C++', { replace });
    expect(await codeOf(first)).toBe('loaded');
    expect(await codeOf(second)).toMatch(
      new RegExp(`^ERR_NATIVE_PLUGIN_BACKEND_TAKEN .*${dirname(first)}.*embedded.*process`),
    );
  });
});

describe.runIf(available)('the plug-in', { timeout: 120_000 }, () => {
  it('describes itself, and its functions can be called from TypeScript', async () => {
    const replace = { '"plugin_name"': '"described"' };
    const path = await buildNative('C++', { replace });
    const description = await describePluginFile(path);
    // The names of WasmEdge's get-string example, 0.14.1.
    expect(description).toMatchObject({
      name: 'described',
      version: '0.13.5.0',
      modules: [
        {
          name: 'module_wasm_name',
          functions: [{ name: 'get_string', params: ['i32', 'i32', 'i32'], results: [] }],
        },
      ],
      options: [
        { name: 'string', type: 'string' },
        { name: 'upper', type: 'toggle' },
      ],
    });
    expect(generateDeclarations(description)).toContain(
      'readonly get_string: (p0: number, p1: number, p2: number) => void;',
    );
    using runtime = await createRuntime({
      plugins: [nativePlugin({ path, options: { string: 'from C++', upper: true } })],
    });
    const { exports, memory } = nativeFunctions(runtime, 'module_wasm_name');
    exports.get_string?.(64, 100, 8);
    expect(memory.readString(64, memory.readU32(8))).toBe('FROM C++');
  });
});
