import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compilerProblem } from '../__fixtures__/compile-library.js';
import { describeWhere } from '../__fixtures__/describe-where.js';
import { libraryProblem } from '../__fixtures__/engines.js';
import { brokenPlugins, compilePlugin } from '../__fixtures__/native-plugins.js';
import { oneLine, runBin } from '../__fixtures__/run-bin.js';

describeWhere(libraryProblem ?? compilerProblem, 'inspect', () => {
  let folder: string;
  let plugin: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-inspect-'));
    plugin = compilePlugin(folder, 'libcliTest.so', { name: 'cli_test', module: 'cli_module' });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const inspect = (args: readonly string[], env = {}) =>
    runBin(['inspect', ...args], { env: { WASMEDGE_PLUGIN_PATH: '', HOME: folder, ...env } });

  it('tells all about a plug-in on one screen', () => {
    const { status, stdout, stderr } = inspect([plugin]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^file +${plugin} \\(\\d+ bytes\\)\nSHA-256 +[0-9a-f]{64}\n`));
    expect(stdout).toMatch(/built for +linux \w+, ELF library: fits here/);
    expect(stdout).toMatch(/plug-in +cli_test 1\.2\.3\.4 "A plug-in for tests", C interface/);
    expect(stdout).toMatch(/plug-in API +\d; libwasmedge 0\.\d+\.\d+ takes \d/);
    expect(stdout).toMatch(/modules +cli_module: 1 function\n/);
    expect(stdout).toMatch(/options +text \(string\), factor \(i32\), loud \(toggle\)/);
    expect(stdout).toMatch(/loads here +yes, into libwasmedge/);
    expect(stdout.split('\n').length).toBeLessThan(20);
  });

  it.skipIf(process.platform === 'win32')('finds a file above a link where the system finds it', () => {
    mkdirSync(join(folder, 'other/inner'), { recursive: true });
    symlinkSync('other/inner', join(folder, 'link'));
    renameSync(plugin, join(folder, 'other/libcliTest.so'));
    const { status, stdout } = inspect([`${folder}/link/../libcliTest.so`]);
    expect(stdout).toMatch(/loads here +yes/);
    expect(status).toBe(0);
  });

  it('tells the same as JSON', () => {
    const { stdout } = inspect([plugin, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      library: { version: expect.stringMatching(/^0\./) },
      files: [
        {
          path: plugin,
          name: 'cli_test',
          loads: true,
          problems: [],
          inspection: { descriptor: 'c', declared: { name: 'cli_test', version: '1.2.3.4' } },
          description: { modules: [{ name: 'cli_module', functions: [{ name: 'twice', params: ['i32'] }] }] },
        },
      ],
    });
  });

  it('writes TypeScript declarations that fit its functions and options', () => {
    const { status, stdout } = inspect([plugin, '--types']);
    expect(status).toBe(0);
    expect(stdout).toContain('export interface CliModuleFunctions {');
    expect(stdout).toContain('readonly twice: (p0: number) => number;');
    expect(stdout).toMatch(/readonly factor\?: number;/);
    expect(stdout).toMatch(/readonly loud\?: boolean;/);
  });

  it('tells of a crash and does not suffer it', () => {
    const file = brokenPlugins['it ends the process'](folder);
    const { status, stdout, stderr } = inspect([file, '--types']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('ended with SIGABRT');
  });

  it('finds a plug-in by its name where WasmEdge looks, and warns of another that comes first', () => {
    const places = join(folder, '.wasmedge', 'plugin');
    mkdirSync(places, { recursive: true });
    const found = compilePlugin(places, 'libanyName.so', { name: 'cli_test' });
    expect(inspect(['cli_test']).stdout).toMatch(new RegExp(`^file +${found} `));
    const { status, stdout } = inspect([plugin]);
    expect(status).toBe(0);
    expect(oneLine(stdout)).toContain(`WasmEdge finds another cli_test first, ${found}`);
  });

  it('reads headers where there is no libwasmedge', () => {
    const { status, stdout } = inspect([plugin], { WASMEDGE_LIBRARY: '/nowhere/libwasmedge.so' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/plug-in +cli_test/);
    expect(oneLine(stdout)).toMatch(/loads here not tried: there is no libwasmedge/);
    expect(inspect([plugin, '--types'], { WASMEDGE_LIBRARY: '/nowhere/lib.so' }).status).toBe(1);
  });

  it('gives no control character of a file to the terminal', () => {
    const hostile = compilePlugin(folder, 'libhostile.so', { name: 'cli_\\033[31mred\\007' });
    for (const args of [[hostile], [hostile, '--types']]) {
      const { stdout, stderr } = inspect(args);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }
    expect(inspect([hostile]).stdout).toContain('cli_\\x1b[31mred\\x07');
  });

  it('explains text and folders', () => {
    writeFileSync(join(folder, 'x.so'), '');
    for (const file of [join(folder, 'x.so'), folder]) {
      const { status, stdout, stderr } = inspect([file]);
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      expect(stdout).toMatch(/\[ERR_NATIVE_PLUGIN_/);
    }
  });
});
