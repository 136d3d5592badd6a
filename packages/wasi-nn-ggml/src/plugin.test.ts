import { InvalidArgumentError, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { modelUrl } from '../conformance/models.js';
import { commandLine } from './cli.js';
import { ggml } from './plugin.js';

const loose = ggml as (options: unknown) => unknown;

it.each<[unknown, RegExp]>([
  [null, /must be an object/],
  [{ release: '0.13' }, /^ggml\(\): release must be '0\.14', '0\.15', '0\.16' or '0\.17'\.$/],
  [{ gpu: 'opencl' }, /gpu must be/],
  [{ maxContextSize: 4 }, /maxContextSize/],
  [{ maxThreads: 0 }, /maxThreads/],
  [{ provider: 'native' }, /does not run WasmEdge's native GGML plug-in; leave out provider/],
  [{ modles: {} }, /no option modles/],
  [{ models: { a: {} } }, /lacks a file/],
  [{ models: { a: { file: 'a', config: { 'ctx-sise': 1 } } } }, /models\.a.*no setting ctx-sise/],
  [{ models: { a: { file: 'a', config: { temp: '1' } } } }, /temp must be a finite number/],
  [{ preload: ['a:openvino:cpu:a.gguf'] }, /openvino/],
])('refuses the options %j', (options, message) => {
  expect(() => loose(options)).toThrow(InvalidArgumentError);
  expect(() => loose(options)).toThrow(message);
});

it('is the plug-in wasi_nn, and the command line makes it', async () => {
  expect(ggml()).toMatchObject({ name: 'wasi_nn', provider: 'embedded' });
  const preload = [`default:GGML:AUTO:${modelUrl.pathname}`];
  const made = await commandLine.create({ 'nn-preload': preload }, { provider: 'embedded' });
  expect(made.name).toBe('wasi_nn');
  expect(commandLine.libraries?.()).toMatchObject([{ name: 'llama.cpp (node-llama-cpp)' }]);
});

it('is made again elsewhere, with the release that was chosen', async () => {
  const packed = structuredClone(packPlugins({ plugins: [ggml({ release: '0.14' })] }));
  expect(packed.plugins).toMatchObject([{ name: 'wasi_nn', export: 'ggml' }]);
  expect(JSON.stringify(packed.plugins)).toContain('0.14');
  const { plugins } = await unpackPlugins(packed);
  expect(plugins).toMatchObject([{ name: 'wasi_nn', provider: 'embedded' }]);
});
