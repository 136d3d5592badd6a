import { readFileSync } from 'node:fs';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, InvalidArgumentError } from '@wasmedge-plugins/core';
import { type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { RawNn } from '@wasmedge-plugins/wasi-nn/conformance';
import { expect, it } from 'vitest';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import type { OpenVINOFormat } from './format.js';
import { openVINO } from './index.js';

// Models of the other backends' suites, which add two tensors of shape [2, 3].
const files = {
  onnx: new URL('../../wasi-nn-onnx/conformance/models/add.onnx', import.meta.url),
  tensorflowlite: new URL('../../wasi-nn-tflite/conformance/models/add.tflite', import.meta.url),
} as const;
const numbers = tensor('f32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
const sums = [2, 4, 6, 8, 10, 12];

it('refuses formats that there are not', () => {
  const loose = openVINO as (options: unknown) => unknown;
  for (const formats of ['onnx', ['ggml'], [1]]) {
    expect(() => loose({ formats }), JSON.stringify(formats)).toThrow(InvalidArgumentError);
  }
  expect(() => loose({ formats: ['ggml'] })).toThrow(
    /formats must be an array of 'onnx' and 'tensorflowlite'/,
  );
  for (const formats of ['tflite', ['onnx', 'tflite']]) {
    expect(() => loose({ formats })).toThrow(/ \('tflite' is called 'tensorflowlite'\)/);
  }
});

it('takes models of one file with formats, and refuses them without', () => {
  const loose = openVINO as (options: unknown) => unknown;
  const models = { road: { xml: files.onnx } };
  expect(openVINO({ formats: ['onnx'], models }).name).toBe('wasi_nn');
  for (const options of [{ models }, { models, formats: [] }]) {
    expect(() => loose(options)).toThrow(/^openVINO\(\): models\.road lacks a file: weights must be a path/);
  }
  const weightsOnly = { formats: ['onnx'], models: { road: { weights: files.onnx } } };
  expect(() => loose(weightsOnly)).toThrow(/models\.road lacks a file/);
  expect(() => loose({ formats: ['onnx'], models: { road: {} } })).toThrow(/models\.road lacks a file: xml/);
});

it('refuses formats together with the native plug-in, which reads its own only', () => {
  const refused = () => openVINO({ provider: 'native', formats: ['onnx'] });
  expect(refused).toThrow(InvalidArgumentError);
  expect(refused).toThrow(
    /^openVINO\(\): the native plug-in reads OpenVINO's own format only; leave out formats/,
  );
  expect(openVINO({ provider: 'native', formats: [] }).provider).toBe('native');
});

await describeWithLibrary(() => {
  it.each(['onnx', 'tensorflowlite'] as const)('a model of %s is read from the host', async (format) => {
    using session = await openVINO({ formats: [format] }).session({ xml: files[format] });
    const [a, b] = (session.inputs ?? []).map(({ name }) => name) as [string, string];
    const outputs = session.run({ [a]: numbers, [b]: numbers } as Record<string, Tensor>);
    expect([...(Object.values(outputs)[0]?.data ?? [])]).toEqual(sums);
  });

  it.each<[OpenVINOFormat, readonly OpenVINOFormat[]]>([
    ['onnx', []],
    ['onnx', ['tensorflowlite']],
    ['tensorflowlite', ['onnx']],
  ])('a model of %s is refused with formats %j', async (format, formats) => {
    // As of a program without types, where no other format is taken.
    const weights = formats.length === 0 ? new Uint8Array() : undefined;
    const session = openVINO({ formats }).session({ xml: files[format], weights });
    await expect(session).rejects.toMatchObject({ errnoName: 'invalid_argument' });
    await expect(session).rejects.toThrow(`formats: ['${format}']`);
  });

  it.each(['onnx', 'tensorflowlite'] as const)('weights of a model of %s are refused', async (format) => {
    const weights = new Uint8Array();
    const session = openVINO({ formats: [format] }).session({ xml: files[format], weights });
    await expect(session).rejects.toThrow(`one of ${format}, which is one file; leave out its weights`);
  });

  it('one path is enough for such a model, and both are needed for others', async () => {
    const preload = [`sum:openvino:cpu:${files.onnx.pathname}`];
    const load = async (formats: readonly OpenVINOFormat[]) => {
      const plugin = openVINO({ formats, preload });
      using runtime = await createRuntime({ plugins: [plugin], logger: () => {} });
      const guest = await RawNn.in(inlineCaseRuntime(runtime), { encoding: 0, parts: () => [] });
      return guest.exports.load_by_name(...(await guest.storeName('sum')), 16);
    };
    expect(await load(['onnx'])).toBe(0);
    expect(await load([])).toBe(1);
  });

  it("a guest's model of another format is refused whatever the host takes", async () => {
    const plugin = openVINO({ formats: ['onnx', 'tensorflowlite'], guestModels: 'allow' });
    using runtime = await createRuntime({ plugins: [plugin], logger: () => {} });
    for (const file of Object.values(files)) {
      const parts = [readFileSync(file), new Uint8Array(1)];
      const guest = await RawNn.in(inlineCaseRuntime(runtime), { encoding: 0, parts: () => parts });
      expect(await guest.exports.load(...(await guest.storeModel()), 0, 0, 16)).toBe(1);
    }
  });

  it('TensorFlow Lite is read from files only', async () => {
    const bytes = readFileSync(files.tensorflowlite);
    const session = openVINO({ formats: ['tensorflowlite'] }).session({ xml: bytes });
    await expect(session).rejects.toThrow(/from files only; name its path/);
  });
});
