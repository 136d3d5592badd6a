import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compilerProblem } from '../__fixtures__/compile-library.js';
import { describeWhere } from '../__fixtures__/describe-where.js';
import { libraryProblem } from '../__fixtures__/engines.js';
import { buildGuest } from '../__fixtures__/guests.js';
import { brokenPlugins, compilePlugin } from '../__fixtures__/native-plugins.js';
import { oneLine, runBin } from '../__fixtures__/run-bin.js';

// Every way in which WasmEdge drops a file without a word, with real files, as a person sees it.

/** A screen. */
const [screenLines, screenColumns] = [50, 140];

const expected: Record<keyof typeof brokenPlugins, RegExp> = {
  'a library that it needs is missing':
    /needs files that are missing on this machine.*libneeded\.so\.7.*Install them/,
  'it is built for another processor': /is built for linux \w+, but this process is linux \w+/,
  'it is built for another version of the API':
    /version 2 of the plug-in API.*0\.13.*libwasmedge 0\.\d+\.\d+ has version \d/,
  'it is a library, not a plug-in': /exports neither GetDescriptor nor WasmEdge_Plugin_GetDescriptor/,
  'it is a text': /is not a native plug-in/,
  'it is cut off': /is not a native plug-in/,
  'another file has its name': /named wasi_crypto is already loaded in this process, from \S*libaFirst\.so/,
  'another backend of WASI-NN is loaded':
    /this process has already loaded another one, from \S*libaFirst\.so.*embedded.*--placement process/,
  'it ends the process': /ended with SIGABRT/,
};
const codes: Record<keyof typeof brokenPlugins, string | undefined> = {
  'a library that it needs is missing': 'ERR_NATIVE_PLUGIN_DEPENDENCY',
  'it is built for another processor': 'ERR_NATIVE_PLUGIN_ARCHITECTURE',
  'it is built for another version of the API': 'ERR_NATIVE_PLUGIN_VERSION',
  'it is a library, not a plug-in': 'ERR_NATIVE_PLUGIN_INVALID',
  'it is a text': 'ERR_NATIVE_PLUGIN_INVALID',
  'it is cut off': 'ERR_NATIVE_PLUGIN_INVALID',
  'another file has its name': 'ERR_NATIVE_PLUGIN_NAME_TAKEN',
  'another backend of WASI-NN is loaded': 'ERR_NATIVE_PLUGIN_BACKEND_TAKEN',
  'it ends the process': undefined,
};
const cases = Object.keys(brokenPlugins) as (keyof typeof brokenPlugins)[];

describeWhere(libraryProblem ?? compilerProblem, 'a native plug-in that does not load', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-failures-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function expectOneScreen(text: string): void {
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(screenLines);
    // A path may be longer than a screen is wide; nothing else is.
    for (const line of lines.filter((entry) => !entry.includes(folder))) {
      expect(line.length, line).toBeLessThan(screenColumns);
    }
  }

  it.each(cases)('is explained by inspect: %s', (name) => {
    const file = brokenPlugins[name](folder);
    // What has the name must be loaded before.
    const files = [
      ...readdirSync(folder)
        .filter((entry) => entry === 'libaFirst.so')
        .map((entry) => join(folder, entry)),
      file,
    ];
    const { status, stdout, stderr } = runBin(['inspect', ...files]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expectOneScreen(stdout);
    expect(oneLine(stdout)).toMatch(expected[name]);
    expect(stdout).toContain(codes[name] ?? 'SIGABRT');
  });

  // Files of one name each load, in a process of their own.
  const alone = cases.filter((name) => !name.startsWith('another '));
  it.each(alone)('is explained by doctor: %s', (name) => {
    const file = brokenPlugins[name](folder);
    const env = { WASMEDGE_PLUGIN_PATH: folder, HOME: folder };
    const { status, stdout, stderr } = runBin(['doctor'], { env });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expectOneScreen(stdout);
    expect(oneLine(stdout)).toMatch(expected[name]);
    const { ok, files } = JSON.parse(runBin(['doctor', '--json'], { env }).stdout);
    expect(ok).toBe(false);
    const state = files.find(({ path }: { path: string }) => path === file);
    expect(state).toMatchObject({ loads: false });
    expect(state.problems[0].code).toBe(codes[name]);
  });

  it('is told from one that loads: doctor tries each backend of WASI-NN in a process of its own', () => {
    for (const backend of ['OpenVINO', 'PyTorch', 'TensorFlowLite']) {
      mkdirSync(join(folder, backend));
      compilePlugin(join(folder, backend), 'libwasmedgePluginWasiNN.so', {
        name: 'wasi_nn',
        more: `int ${backend};`,
      });
    }
    const env = { WASMEDGE_PLUGIN_PATH: folder, HOME: folder };
    const { status, stdout } = runBin(['doctor', '--json'], { env });
    const { ok, files } = JSON.parse(stdout);
    const own = files.filter(({ path }: { path: string }) => path.startsWith(folder));
    expect(own).toMatchObject([
      { loads: true, warnings: [] },
      { loads: true, warnings: [expect.stringMatching(/another wasi_nn first, \S*OpenVINO\S*, and/)] },
      { loads: true, warnings: [expect.stringMatching(/another wasi_nn first, \S*OpenVINO\S*, and/)] },
    ]);
    expect({ ok, status }).toEqual({ ok: true, status: 0 });
    expect(oneLine(runBin(['doctor'], { env }).stdout)).toMatch(
      /wasi_nn 1\.2\.3\.4 loads note: WasmEdge finds another/,
    );
  });

  it('is told by run, which tries a doubtful one first, and runs one that is all right', async () => {
    const guest = await buildGuest('(module (func (export "_start")))');
    const onLoad = (body: string) =>
      `#include <stdlib.h>\nvolatile int Ran;\n__attribute__((constructor)) static void run(void) { ${body} }`;
    const good = compilePlugin(folder, 'libgood.so', { name: 'good', more: onLoad('Ran = 1;') });
    const bad = compilePlugin(folder, 'libbad.so', { name: 'bad', more: onLoad('abort();') });
    expect(runBin(['run', '--native-plugin', good, guest])).toEqual({ status: 0, stdout: '', stderr: '' });
    const { status, stderr } = runBin(['run', '--native-plugin', bad, guest]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/ended with SIGABRT.*\[ERR_NATIVE_PLUGIN_LOAD\]/);
  });

  it('is explained by inspect when there is none, with every place', () => {
    const env = { WASMEDGE_PLUGIN_PATH: `${folder}:/nowhere:`, HOME: folder };
    const { status, stdout } = runBin(['inspect', 'wasi_crypto'], { env });
    expect(status).toBe(1);
    expect(oneLine(stdout)).toMatch(
      /no native plug-in with this name; searched: \[ERR_NATIVE_PLUGIN_NOT_FOUND\]/,
    );
    for (const place of [folder, '/nowhere', join(folder, '.wasmedge', 'plugin')]) {
      expect(stdout).toContain(`  ${place}\n`);
    }
    expect(stdout).toContain('wasmedge-plugins install wasi_crypto');
    expect(oneLine(runBin(['inspect', join(folder, 'gone.so')]).stdout)).toMatch(
      /gone\.so cannot be read.*ERR_NATIVE_PLUGIN_NOT_FOUND/,
    );
  });

  it('is explained by doctor when there is none, with every place', () => {
    const env = { WASMEDGE_PLUGIN_PATH: `${folder}:/nowhere:`, HOME: folder };
    const { status, stdout } = runBin(['doctor'], { env });
    expect(status).toBe(0);
    for (const place of [folder, '/nowhere', join(folder, '.wasmedge', 'plugin')]) {
      expect(stdout).toContain(`  ${place}\n`);
    }
    expect(stdout).toMatch(/wasi_crypto .* none +-/);
    expect(stdout).toContain('wasmedge-plugins install <plug-in>');
  });
});
