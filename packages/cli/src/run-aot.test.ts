import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findWasmEdge } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { compileLibrary, compilerProblem } from './__fixtures__/compile-library.js';
import { describeWhere } from './__fixtures__/describe-where.js';
import { libraryProblem } from './__fixtures__/engines.js';
import { buildGuests } from './__fixtures__/guests.js';
import { runBin } from './__fixtures__/run-bin.js';

const guests = await buildGuests();
const folder = mkdtempSync(join(tmpdir(), 'run-aot-'));
const env = {
  XDG_STATE_HOME: join(folder, 'state'),
  WASMEDGE_PLUGINS_AOT_CACHE: join(folder, 'cache'),
  WASMEDGE_PLUGIN_PATH: '',
};
const run = (...args: string[]) => runBin(['run', ...args], { env });

describeWhere(libraryProblem, 'run --aot', () => {
  it('waits for native code, and says how the guest ran', () => {
    const { status, stdout, stderr } = run(
      ...['--placement', 'process', '--aot', 'wait', '--verbose', guests.hello],
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'hello\n' });
    expect(stderr).toMatch(/guests run compiled \(wait\): --aot asks for it\n/);
    expect(stderr).toMatch(/guest hello\.wasm: compiled, /);
  });

  it('interprets where it is off, and says so when a guest fails, too', () => {
    const off = run(
      '--placement',
      'process',
      '--aot',
      'off',
      '--engine',
      'wasmedge',
      '--verbose',
      guests.hello,
    );
    expect(off).toMatchObject({ status: 0, stdout: 'hello\n' });
    expect(off.stderr).toContain('guests are interpreted: --aot asks for it');
    expect(off.stderr).not.toContain('guest hello.wasm');
    const failed = run('--placement', 'process', '--aot', 'wait', '--verbose', guests.trap);
    expect(failed).toMatchObject({
      status: 134,
      stderr: expect.stringMatching(/guest trap\.wasm: compiled/),
    });
  });

  it.each([
    ['wait', [], '--aot wait needs --placement process', 'use --aot inline'],
    ['background', ['--engine', 'v8', '--placement', 'process'], 'is for --engine wasmedge', 'Omit --aot'],
    ['inline', [], 'use --placement process, or omit --aot', 'Start Node.js with'],
    ['inline', ['--time-limit', '5'], '--time-limit cannot be enforced', 'omit --aot'],
    ['inline', ['--placement', 'process'], 'use --aot background or --aot wait', '--aot inline is for'],
  ])('refuses %s with %j in words of the command line', (mode, more, ...texts) => {
    const { status, stdout, stderr } = run('--aot', mode, ...more, guests.hello);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    for (const text of texts) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/: '/);
  });
});

it('refuses a mode that does not exist', () => {
  expect(run('--aot', 'always', guests.hello)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('background, wait, off, inline'),
  });
});

describeWhere(libraryProblem ?? compilerProblem, 'doctor', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');

  it('says that compiled code can be made, and why it cannot be kept', () => {
    const usual = { ...env, WASMEDGE_PLUGINS_AOT_CACHE: '', XDG_CACHE_HOME: file };
    const { status, stdout } = runBin(['doctor', '--json'], { env: usual });
    expect({ status, ...JSON.parse(stdout).compiledCode }).toMatchObject({
      status: 0,
      hasCompiler: true,
      notKept: expect.stringContaining('ENOTDIR'),
    });
  });

  it('says that a libwasmedge has no compiler, and ends with 1 where nothing can be kept in a folder that was named', async () => {
    const { path } = await findWasmEdge();
    const WASMEDGE_LIBRARY = compileLibrary(
      folder,
      'libwithout.so',
      'void *WasmEdge_CompilerCreate(const void *Configure) { (void)Configure; return 0; }\n',
      ['-Wl,--no-as-needed', path, `-Wl,-rpath,${dirname(path)}`],
    );
    const named = { ...env, WASMEDGE_LIBRARY, WASMEDGE_PLUGINS_AOT_CACHE: join(file, 'cache') };
    const { status, stdout } = runBin(['doctor'], { env: named });
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringMatching(/; libwasmedge has no compiler; none can be stored: ENOTDIR/),
    });
    expect(stdout).toContain('built without its compiler (LLVM)');
  });
});
