import { InvalidArgumentError, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { modelUrl } from '../conformance/models.js';
import { commandLine } from './cli.js';
import { type TFLiteOptions, tflite } from './plugin.js';

const loose = tflite as (options: unknown) => unknown;

it.each<[unknown, RegExp]>([
  [null, /must be an object/],
  [{ runtime: 'gpu' }, /^tflite\(\): runtime must be 'auto', 'litert' or 'native-library'\.$/],
  [{ modles: {} }, /no option modles/],
  [{ runtim: 'litert' }, /tflite\(\) has no option runtim\. Did you mean runtime/],
  [{ models: { add: { file: 'a', config: { thraeds: 1 } } } }, /models\.add.*no setting thraeds/],
  [{ models: { add: {} } }, /lacks a file/],
  [{ models: { add: { file: 'a', target: 'npu' } } }, /has the target npu/],
  [{ preload: ['add:openvino:cpu:add.tflite'] }, /openvino/],
  [
    { provider: 'native', runtime: 'litert' },
    /^tflite\(\): the native plug-in has its own library; leave out runtime, or use provider: 'embedded'\.$/,
  ],
])('refuses the options %j', (options, message) => {
  expect(() => loose(options)).toThrow(InvalidArgumentError);
  expect(() => loose(options)).toThrow(message);
});

it('is the plug-in wasi_nn, and the command line makes it', async () => {
  const options: TFLiteOptions = { runtime: 'litert', models: { add: { file: modelUrl('add') } } };
  expect(tflite(options)).toMatchObject({ name: 'wasi_nn', provider: 'embedded' });
  const preload = [`add:TensorFlowLite:CPU:${modelUrl('add').pathname}`];
  const made = await commandLine.create({ 'nn-preload': preload }, { provider: 'embedded' });
  expect(made.name).toBe('wasi_nn');
  expect(commandLine.libraries?.()).toMatchObject([{ name: "TensorFlow Lite's C library", optional: true }]);
  expect(commandLine.releases.map(({ platform, arch }) => `${platform} ${arch}`)).toContain('linux arm64');
});

it('is made again elsewhere, with the runtime that was chosen', async () => {
  const models = { a: { file: '/a.tflite' }, b: { file: Uint8Array.of(1) } };
  const packed = structuredClone(packPlugins({ plugins: [tflite({ runtime: 'litert', models })] }));
  expect(packed.plugins).toMatchObject([{ name: 'wasi_nn', export: 'tflite' }]);
  expect(JSON.stringify(packed.plugins)).toContain('litert');
  const { plugins } = await unpackPlugins(packed);
  expect(plugins).toMatchObject([{ name: 'wasi_nn', provider: 'embedded' }]);
});
