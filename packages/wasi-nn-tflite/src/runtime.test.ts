import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { BackendUnavailableError, zeros } from '@wasmedge-plugins/wasi-nn';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { afterEach, describe, expect, it } from 'vitest';
import { modelBytes, modelUrl } from '../conformance/models.js';
import { TFLiteGuest } from '../conformance/tflite-guest.js';
import { findLibrary, libraryVariable } from './library/find-library.js';
import { tflite } from './plugin.js';

const named = process.env[libraryVariable];
const withLibrary = problemOf(findLibrary) === undefined;
const folder = mkdtempSync(join(tmpdir(), 'tflite-'));

afterEach(() => {
  if (named === undefined) delete process.env[libraryVariable];
  else process.env[libraryVariable] = named;
});

/** What a runtime says while a guest loads a model of its own and one of the host's. */
async function messages(): Promise<string[]> {
  const told: string[] = [];
  const plugin = tflite({ models: { add: { file: modelUrl('add') } } });
  using runtime = await createRuntime({
    engine: 'v8',
    plugins: [plugin],
    logger: (_level, message) => told.push(message),
  });
  const guest = await TFLiteGuest.in(inlineCaseRuntime(runtime));
  expect((await guest.loadByName('add')).errno).toBe(0);
  expect((await guest.load([modelBytes('add')])).errno).toBe(0);
  return told;
}

describe('without the C library', () => {
  it('models run on LiteRT.js', async () => {
    process.env[libraryVariable] = folder;
    expect(await messages()).toEqual([expect.stringContaining('LiteRT.js')]);
  });

  // Before the library is opened, which happens once in a process.
  it('the report says what runs the models where the library that was found cannot be opened', async () => {
    const broken = join(mkdtempSync(join(folder, 'broken-')), 'libtensorflowlite_c.so');
    writeFileSync(broken, 'no library');
    process.env[libraryVariable] = broken;
    using runtime = await createRuntime({
      engine: 'v8',
      plugins: [tflite({ models: { add: { file: modelUrl('add') } } })],
      logger: () => {},
    });
    const choices = () => runtime.report().plugins[0]?.choices;
    const guest = await TFLiteGuest.in(inlineCaseRuntime(runtime));
    expect((await guest.loadByName('add')).errno).toBe(0);
    expect(choices()).toEqual([
      expect.stringMatching(
        /^TensorFlow Lite models run on LiteRT\.js: TensorFlow Lite's C library \/.*libtensorflowlite_c.so cannot be used: [^\n]*[^.]$/,
      ),
    ]);
    process.env[libraryVariable] = folder;
    expect(choices()).toEqual([
      expect.stringMatching(/^TensorFlow Lite models run on LiteRT\.js: .* was not found$/),
    ]);
  });

  it('runtime: native-library says where it was looked for, and what helps', async () => {
    process.env[libraryVariable] = folder;
    const session = tflite({ runtime: 'native-library' }).session({ file: modelUrl('add') });
    await expect(session).rejects.toThrow(BackendUnavailableError);
    await expect(session).rejects.toThrow(new RegExp(`${folder}[\\s\\S]*Install it.*${libraryVariable}`));
  });

  it('the usual places are listed', () => {
    delete process.env[libraryVariable];
    const places = problemOf(findLibrary);
    if (places !== undefined) expect(places).toContain('/usr/lib');
  });
});

describe.runIf(withLibrary)('with the C library', () => {
  it.runIf(process.platform === 'linux')('a computation has one thread unless it is given more', async () => {
    const threads = () => readdirSync('/proc/self/task').length;
    const plugin = tflite({ runtime: 'native-library' });
    const file = new URL('../samples/digits.tflite', import.meta.url);
    const image = zeros('f32', [1, 28, 28, 1]);
    const before = threads();
    using one = await plugin.session({ file });
    one.run([image]);
    expect(threads()).toBe(before);
    // Each computation of several threads has the one that asked for it.
    using three = await plugin.session({ file, config: { threads: 3 } });
    three.run([image]);
    expect(threads()).toBe(before + 2);
  });

  it('it runs the models of the host, and LiteRT.js those that guests bring', async () => {
    expect(await messages()).toEqual([
      expect.stringMatching(/^TensorFlow Lite \d.* from \//),
      expect.stringContaining('LiteRT.js'),
    ]);
  });

  it.each([
    ['native-library', undefined, 6],
    ['native-library', 'allow', 0],
    ['auto', undefined, 0],
    ['auto', 'deny', 6],
  ] as const)(
    'runtime: %s with guestModels: %s answers %i to a guest with a model of its own',
    async (runtime, guestModels, errno) => {
      using instance = await createRuntime({ engine: 'v8', plugins: [tflite({ runtime, guestModels })] });
      const guest = await TFLiteGuest.in(inlineCaseRuntime(instance));
      expect((await guest.load([modelBytes('add')])).errno).toBe(errno);
    },
  );

  it('a file may be named as well as a folder', () => {
    const file = findLibrary();
    process.env[libraryVariable] = file;
    expect(findLibrary()).toBe(file);
  });

  it('the libraries beside it are found without the variable of the loader', () => {
    const script = `
      import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
      using session = await tflite({ runtime: 'native-library' }).session({ file: new URL(process.argv[1]) });
      console.log(session.inputs.length);`.replace('using', 'const');
    const { LD_LIBRARY_PATH: _, ...env } = process.env;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', script, modelUrl('add').href],
      { env, encoding: 'utf8' },
    );
    expect(`${stdout}${stderr}`).toBe('2\n');
  });
});

it('a library that cannot be opened is an error, and no reason to stop for runtime: auto', () => {
  // In a process of its own: a library is opened once.
  const broken = join(folder, 'libtensorflowlite_c.so');
  writeFileSync(broken, 'no library');
  const script = `
    import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
    const file = new URL(process.argv[1]);
    await tflite({ runtime: 'native-library' }).session({ file }).catch(({ code }) => console.log(code));
    const session = await tflite().session({ file });
    console.log(session.outputs[0].name);`;
  const { stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, modelUrl('add').href],
    {
      env: { ...process.env, [libraryVariable]: broken },
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('ERR_BACKEND_UNAVAILABLE\nsum\n');
  rmSync(folder, { recursive: true });
});
