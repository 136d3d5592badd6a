import { InvalidArgumentError, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { modelUrl } from '../conformance/models.js';
import { commandLine } from './cli.js';
import { type ONNXOptions, onnx } from './plugin.js';

const loose = onnx as (options: unknown) => unknown;

it.each<[unknown, RegExp]>([
  [null, /must be an object/],
  [{ runtime: 'gpu' }, /^onnx\(\): runtime must be 'auto', 'web' or 'native-library'\.$/],
  [{ modles: {} }, /no option modles/],
  [{ runtim: 'web' }, /onnx\(\) has no option runtim\. Did you mean runtime/],
  [{ models: { add: { file: 'a', config: { thraeds: 1 } } } }, /models\.add.*no setting thraeds/],
  [{ models: { add: {} } }, /lacks a file/],
  [{ models: { add: { file: 'a', target: 'npu' } } }, /has the target npu/],
  [{ provider: 'native' }, /WasmEdge has no native plug-in for onnx models; leave out provider/],
  [{ preload: ['add:openvino:cpu:add.onnx'] }, /openvino/],
])('refuses the options %j', (options, message) => {
  expect(() => loose(options)).toThrow(InvalidArgumentError);
  expect(() => loose(options)).toThrow(message);
});

it('is the plug-in wasi_nn, and the command line makes it', async () => {
  const options: ONNXOptions = { runtime: 'web', models: { add: { file: modelUrl('add') } } };
  expect(onnx(options)).toMatchObject({ name: 'wasi_nn', provider: 'embedded' });
  const preload = [`add:ONNX:CPU:${modelUrl('add').pathname}`];
  const made = await commandLine.create({ 'nn-preload': preload }, { provider: 'embedded' });
  expect(made.name).toBe('wasi_nn');
  expect(commandLine.libraries?.()).toMatchObject([{ name: "ONNX Runtime's library", optional: true }]);
  expect(commandLine.releases).toEqual([]);
});

it('is made again elsewhere, with the runtime that was chosen', async () => {
  const models = { a: { file: '/a.onnx' }, b: { file: Uint8Array.of(1) } };
  const packed = structuredClone(packPlugins({ plugins: [onnx({ runtime: 'web', models })] }));
  expect(packed.plugins).toMatchObject([{ name: 'wasi_nn', export: 'onnx' }]);
  expect(JSON.stringify(packed.plugins)).toContain('web');
  const { plugins } = await unpackPlugins(packed);
  expect(plugins).toMatchObject([{ name: 'wasi_nn', provider: 'embedded' }]);
});
