import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaseRuntime, inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { BackendUnavailableError, tensor, zeros } from '@wasmedge-plugins/wasi-nn';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { afterEach, describe, expect, it } from 'vitest';
import { modelBytes, modelUrl } from '../conformance/models.js';
import { ONNXGuest } from '../conformance/onnx-guest.js';
import { findLibrary, libraryVariable } from './library/find-library.js';
import { onnx } from './plugin.js';

const named = process.env[libraryVariable];
const withLibrary = problemOf(findLibrary) === undefined;
const folder = mkdtempSync(join(tmpdir(), 'onnx-'));

afterEach(() => {
  if (named === undefined) delete process.env[libraryVariable];
  else process.env[libraryVariable] = named;
});

/** What a runtime says while a guest loads a model of its own and one of the host's. */
async function messages(): Promise<string[]> {
  const told: string[] = [];
  const plugin = onnx({ models: { add: { file: modelUrl('add') } } });
  using runtime = await createRuntime({
    engine: 'v8',
    plugins: [plugin],
    logger: (_level, message) => told.push(message),
  });
  const guest = await ONNXGuest.in(inlineCaseRuntime(runtime));
  expect((await guest.loadByName('add')).errno).toBe(0);
  expect((await guest.load([modelBytes('add')])).errno).toBe(0);
  return told;
}

describe('without the C library', () => {
  it('models run on onnxruntime-web', async () => {
    process.env[libraryVariable] = folder;
    expect(await messages()).toEqual([expect.stringContaining('onnxruntime-web')]);
  });

  // Before the library is opened, which happens once in a process.
  it('the report says what runs the models where the library that was found cannot be opened', async () => {
    const broken = join(mkdtempSync(join(folder, 'broken-')), 'libonnxruntime.so');
    writeFileSync(broken, 'no library');
    process.env[libraryVariable] = broken;
    using runtime = await createRuntime({
      engine: 'v8',
      plugins: [onnx({ models: { add: { file: modelUrl('add') } } })],
      logger: () => {},
    });
    const choices = () => runtime.report().plugins[0]?.choices;
    const guest = await ONNXGuest.in(inlineCaseRuntime(runtime));
    expect((await guest.loadByName('add')).errno).toBe(0);
    expect(choices()).toEqual([
      expect.stringMatching(
        /^ONNX models run on onnxruntime-web: ONNX Runtime's library \/.*libonnxruntime.so cannot be used: [^\n]*[^.]$/,
      ),
    ]);
    process.env[libraryVariable] = folder;
    expect(choices()).toEqual([
      expect.stringMatching(/^ONNX models run on onnxruntime-web: .* was not found$/),
    ]);
  });

  it('runtime: native-library says where it was looked for, and what helps', async () => {
    process.env[libraryVariable] = folder;
    const session = onnx({ runtime: 'native-library' }).session({ file: modelUrl('add') });
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
    const plugin = onnx({ runtime: 'native-library' });
    const file = modelUrl('convolution');
    const image = zeros('f32', [1, 1, 8, 8]);
    // The library may have threads of its own.
    using first = await plugin.session({ file });
    first.run([image]);
    const before = threads();
    using one = await plugin.session({ file });
    one.run([image]);
    expect(threads()).toBe(before);
    using three = await plugin.session({ file, config: { threads: 3 } });
    three.run([image]);
    expect(threads()).toBe(before + 2);
  });

  it('the report says what runs the models, and why', async () => {
    using instance = await createRuntime({ engine: 'v8', plugins: [onnx()] });
    expect(instance.report().plugins[0]?.choices).toEqual([
      expect.stringMatching(/^ONNX models of the host run on \/.*, which was found; those that guests bring/),
    ]);
  });

  it('it runs the models of the host, and onnxruntime-web those that guests bring', async () => {
    expect(await messages()).toEqual([
      expect.stringMatching(/^ONNX Runtime \d.* from \//),
      expect.stringContaining('onnxruntime-web'),
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
      using instance = await createRuntime({ engine: 'v8', plugins: [onnx({ runtime, guestModels })] });
      const guest = await ONNXGuest.in(inlineCaseRuntime(instance));
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
      import { onnx } from '@wasmedge-plugins/wasi-nn-onnx';
      using session = await onnx({ runtime: 'native-library' }).session({ file: new URL(process.argv[1]) });
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

describe('the sandbox', () => {
  const count = (value: bigint) => tensor('i64', [1], BigInt64Array.of(value));

  it('has no more memory than maxBytes, and goes on with the next model', async () => {
    const plugin = onnx({ runtime: 'web', maxBytes: 2 ** 27 });
    using instance = await createRuntime({ engine: 'v8', plugins: [plugin], logger: () => {} });
    const guest = await ONNXGuest.in(inlineCaseRuntime(instance));
    for (let round = 0; round < 3; round++) {
      const execution = await guest.open(modelBytes('expand'));
      // 512 MiB, of which a part is too much already.
      await guest.setInput(execution, 0, count(2n ** 27n));
      expect(await guest.compute(execution)).toBe(5);
      const other = await guest.open(modelBytes('expand'));
      await guest.run(other, [count(3n)]);
      expect((await guest.output(other, 0)).bytes).toHaveLength(12);
    }
  });

  it('does not keep a runtime from ending while a model loops in it', async () => {
    await using instance = await createRuntime({
      placement: 'worker',
      plugins: [onnx({ runtime: 'web' })],
    });
    const guest = await ONNXGuest.in(instance as unknown as CaseRuntime);
    const execution = await guest.open(modelBytes('loop'));
    await guest.setInput(execution, 0, tensor('i64', [], BigInt64Array.of(2n ** 62n)));
    const computing = guest.compute(execution);
    computing.catch(() => {});
    await instance[Symbol.asyncDispose]();
    await expect(computing).rejects.toThrow();
  });
});

it('a library that cannot be opened is an error, and no reason to stop for runtime: auto', () => {
  // In a process of its own: a library is opened once.
  const broken = join(folder, 'libonnxruntime.so');
  writeFileSync(broken, 'no library');
  const script = `
    import { onnx } from '@wasmedge-plugins/wasi-nn-onnx';
    const file = new URL(process.argv[1]);
    await onnx({ runtime: 'native-library' }).session({ file }).catch(({ code }) => console.log(code));
    const session = await onnx().session({ file });
    console.log(session.outputs[0].name);`;
  const { stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, modelUrl('add').href],
    {
      env: { ...process.env, [libraryVariable]: broken },
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('ERR_BACKEND_UNAVAILABLE\nresult\n');
  rmSync(folder, { recursive: true });
});
