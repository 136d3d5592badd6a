import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisposedError } from '@wasmedge-plugins/core';
import { defineModel, NnError, type Tensor, tensor, tensorBytes, zeros } from '@wasmedge-plugins/wasi-nn';
import { sessionTests } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { describe, expect, it } from 'vitest';
import { assertClose } from '../conformance/assert-close.js';
import { type Answer, answeredModels, answersOf, modelBytes, modelUrl } from '../conformance/models.js';
import { findLibrary } from './library/find-library.js';
import { onnx } from './plugin.js';
import type { ONNXRuntime } from './runtime.js';

const rounded = ['convolution'];
const first = (name: string) => answersOf(name)[0] as Answer;
const withLibrary = problemOf(findLibrary) === undefined;
// What is left out without the library is told by the conformance test, which fails where it must be there.
const here: readonly ONNXRuntime[] = withLibrary ? ['web', 'native-library'] : ['web'];

for (const runtime of here) {
  const { inputs, outputs } = first('convolution');
  sessionTests({
    title: `a session of ONNX Runtime on ${runtime}`,
    plugin: onnx({ runtime }),
    source: { file: modelUrl('convolution') },
    bytes() {
      const file = Uint8Array.from(modelBytes('convolution'));
      return { source: { file }, given: [file] };
    },
    wrong: [new Uint8Array(), new Uint8Array(64).fill(7)].map((file) => ({ file })),
    inputs,
    check({ scores }) {
      assertClose(tensorBytes(scores as Tensor), outputs[0] as Tensor, true);
    },
  });
}

describe.each(here)('a session on %s', (runtime) => {
  const plugin = onnx({ runtime });

  // Expected values: those of the reference evaluator of the package onnx, recorded by tools/models/onnx_models.py.
  it.each(answeredModels)('computes %s, also asynchronously', async (name) => {
    using session = await plugin.session({ file: modelUrl(name) });
    const { inputs, outputs } = first(name);
    for (const result of [session.run(inputs), await session.runAsync(inputs)]) {
      const given = Object.values(result);
      expect(given.map(({ type, shape }) => ({ type, shape: [...shape] }))).toEqual(
        outputs.map(({ type, shape }) => ({ type, shape: [...shape] })),
      );
      outputs.forEach((expected, index) => {
        assertClose(tensorBytes(given[index] as Tensor), expected, rounded.includes(name));
      });
    }
  });

  it('tells inputs and outputs in the order of the graph, by the names of its tensors', async () => {
    using session = await plugin.session({ file: modelUrl('several') });
    expect(session.inputs).toEqual(['z', 'a'].map((name) => ({ name, type: 'f32', shape: [4] })));
    expect(session.outputs?.map(({ name }) => name)).toEqual(['product', 'difference']);
    const { inputs, outputs } = first('several');
    const { difference } = session.run({ a: inputs[1] as Tensor, z: inputs[0] as Tensor });
    expect(difference?.data).toEqual(outputs[1]?.data);
  });

  it('holds its model to a definition', async () => {
    const model = defineModel({
      inputs: { a: { type: 'i64', shape: [3] }, b: { type: 'i64', shape: [3] } },
      outputs: { result: { type: 'i64', shape: [3] } },
    });
    using session = await plugin.session({ file: modelUrl('add-i64'), model });
    const ones = tensor('i64', [3], BigInt64Array.of(1n, 2n, 3n));
    expect([...session.run({ a: ones, b: ones }).result.data]).toEqual([2n, 4n, 6n]);
    await expect(plugin.session({ file: modelUrl('add'), model })).rejects.toMatchObject({
      code: 'ERR_MODEL_MISMATCH',
    });
  });

  it('says of a type that WASI-NN does not have that it is unknown', async () => {
    using session = await plugin.session({ file: modelUrl('echo-i16') });
    expect(session.inputs).toEqual([{ name: 'x', type: undefined, shape: [4] }]);
    expect(() => session.run([zeros('u8', [4])])).toThrow(NnError);
  });

  it('can be one of many at once, of the same and of other models', async () => {
    const names = ['add', 'several', 'add', 'gather'];
    const sessions = await Promise.all(names.map((name) => plugin.session({ file: modelUrl(name) })));
    const results = await Promise.all(
      sessions.map((session, index) => session.runAsync(first(names[index] as string).inputs)),
    );
    results.forEach((result, index) => {
      expect(Object.values(result)[0]?.data).toEqual(first(names[index] as string).outputs[0]?.data);
    });
    for (const session of sessions) session[Symbol.dispose]();
  });

  it('says what went wrong in the words of the library', async () => {
    using session = await plugin.session({ file: modelUrl('gather') });
    const outside = tensor('i32', [2], Int32Array.of(9, 0));
    expect(() => session.run([outside])).toThrow(/out of data bounds/);
    await expect(session.runAsync([outside])).rejects.toMatchObject({
      code: 'ERR_NN',
      errnoName: 'runtime_error',
    });
    expect(session.run(first('gather').inputs).picked?.data).toEqual(first('gather').outputs[0]?.data);
  });

  it('refuses what is not a model', async () => {
    for (const file of [new Uint8Array(), new Uint8Array(64).fill(7), modelBytes('add').subarray(0, 100)]) {
      await expect(plugin.session({ file })).rejects.toMatchObject({
        code: 'ERR_NN',
        errnoName: 'invalid_argument',
      });
    }
  });
});

it.each(here)('a session on %s takes inputs of any length where the model does', async (runtime) => {
  const model = defineModel({
    inputs: { x: { type: 'f32', shape: [-1, 2] } },
    outputs: { y: { type: 'f32', shape: [-1, 2] } },
  });
  using session = await onnx({ runtime }).session({ file: modelUrl('dynamic'), model });
  for (const { inputs, outputs } of [...answersOf('dynamic'), first('dynamic')]) {
    const { y } = session.run({ x: inputs[0] as Tensor<'f32', readonly [number, 2]> });
    expect([[...y.shape], y.data]).toEqual([[...(outputs[0]?.shape ?? [])], outputs[0]?.data]);
  }
});

it.each(here)('a session on %s ends its computation when it is disposed', async (runtime) => {
  const session = await onnx({ runtime }).session({ file: modelUrl('loop') });
  const computing = session.runAsync([tensor('i64', [], BigInt64Array.of(2n ** 62n))]);
  // Until it computes.
  await new Promise((resolve) => setImmediate(resolve));
  session[Symbol.dispose]();
  await expect(computing).rejects.toThrow(DisposedError);
});

it('onnxruntime-web says that it has no execution providers', async () => {
  const session = onnx({ runtime: 'web' }).session({
    file: modelUrl('add'),
    config: { providers: ['CoreML'] },
  });
  await expect(session).rejects.toMatchObject({ errnoName: 'unsupported_operation' });
  await expect(session).rejects.toThrow(/native-library/);
});

it('onnxruntime-web refuses a model with an output whose name it loses, and the library computes it', async () => {
  const file = modelUrl('prototype-output');
  await expect(onnx({ runtime: 'web' }).session({ file })).rejects.toMatchObject({
    errnoName: 'unsupported_operation',
    message: expect.stringContaining('the name __proto__'),
  });
  if (!withLibrary) return;
  using session = await onnx({ runtime: 'native-library' }).session({ file });
  const outputs = session.run([tensor('f32', [2], Float32Array.of(1, -2))]);
  expect(Object.values(outputs)[0]?.data).toEqual(Float32Array.of(-1, 2));
});

it.each(here)('a session on %s says that an input of another type cannot be set', async (runtime) => {
  using session = await onnx({ runtime }).session({ file: modelUrl('echo-u16') });
  expect(() => session.run([zeros('u8', [4])])).toThrow(
    'The input x has elements of a type that WASI-NN does not have, and cannot be set.',
  );
});

describe.runIf(withLibrary)("on ONNX Runtime's library, a session", () => {
  const plugin = onnx({ runtime: 'native-library' });

  it('says which execution providers there are when it does not have one', async () => {
    const file = modelUrl('add');
    const session = plugin.session({ file, config: { providers: ['NoSuchProvider'] } });
    await expect(session).rejects.toMatchObject({ errnoName: 'invalid_argument' });
    await expect(session).rejects.toThrow(/execution provider NoSuchProvider/);
    await expect(plugin.session({ file, target: 'tpu' })).rejects.toMatchObject({
      errnoName: 'invalid_argument',
    });
  });
});

it.skipIf(process.platform === 'win32')(
  "a model's other files are found above a link, where the system finds it",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onnx-link-'));
    mkdirSync(join(folder, 'models/new'), { recursive: true });
    symlinkSync('models/new', join(folder, 'link'));
    for (const name of ['external.onnx', 'external.bin']) {
      copyFileSync(new URL(name, modelUrl('external')), join(folder, 'models', name));
    }
    for (const runtime of here) {
      using session = await onnx({ runtime }).session({ file: `${folder}/link/../external.onnx` });
      const { 0: output } = Object.values(
        await session.runAsync([tensor('f32', [1, 2], Float32Array.of(5, 7))]),
      );
      // As numpy computes it.
      expect(output?.data).toEqual(Float32Array.of(10, -21));
    }
    rmSync(folder, { recursive: true });
  },
);

it.skipIf(process.platform === 'win32')(
  "a model's other file is a pipe, which nobody waits for",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onnx-pipe-'));
    copyFileSync(modelUrl('external'), join(folder, 'external.onnx'));
    execFileSync('mkfifo', [join(folder, 'external.bin')]);
    for (const runtime of here) {
      const session = onnx({ runtime }).session({ file: join(folder, 'external.onnx') });
      await expect(session).rejects.toThrow(/"external\.bin", which cannot be used: it is a pipe or device/);
    }
    rmSync(folder, { recursive: true });
  },
);
