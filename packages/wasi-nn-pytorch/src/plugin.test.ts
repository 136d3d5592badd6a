import { InvalidArgumentError, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { commandLine } from './cli.js';
import { pytorch } from './plugin.js';

it.each([
  [{ models: { a: {} } }, /models\.a lacks a file/],
  [{ models: { a: { file: 'a.pt', target: 'npu' } } }, /target npu/],
  [{ preload: ['a:openvino:cpu:a.pt'] }, /encoding "openvino"/],
  [{ shim: 'x' }, /no option shim/],
])('refuses the options %j', (options, message) => {
  const make = pytorch as (options: unknown) => unknown;
  expect(() => make(options)).toThrow(InvalidArgumentError);
  expect(() => make(options)).toThrow(message);
});

it.each([null, 7, { file: 'a.pt', config: 'x' }])('refuses the source %j of a session', async (source) => {
  await expect(pytorch().session(source as never)).rejects.toThrow(InvalidArgumentError);
});

it('asks for the native plug-in by the names that WasmEdge has', () => {
  const models = { digits: { file: '/models/digits.pt', target: 'gpu' } } as const;
  expect(pytorch({ provider: 'native', models, preload: ['b:PyTorch:CPU:/b.pt'] })).toMatchObject({
    name: 'wasi_nn',
    provider: 'native',
    moduleNames: ['wasi_ephemeral_nn'],
    native: {
      fileName: 'wasmedgePluginWasiNN',
      options: { 'nn-preload': ['digits:pytorch:gpu:/models/digits.pt', 'b:PyTorch:CPU:/b.pt'] },
    },
  });
});

it('takes models on the command line as WasmEdge does', async () => {
  const plugin = await commandLine.create({ 'nn-preload': ['a:pytorch:cpu:/a.pt'] }, { provider: 'native' });
  expect(plugin.native?.options).toEqual({ 'nn-preload': ['a:pytorch:cpu:/a.pt'] });
});

it('is made again elsewhere', async () => {
  const models = { a: { file: '/a.pt', config: { threads: 2 } }, b: { file: Uint8Array.of(1) } } as const;
  const packed = structuredClone(packPlugins({ plugins: [pytorch({ models })] }));
  expect(packed.plugins).toMatchObject([{ name: 'wasi_nn', export: 'pytorch' }]);
  const { plugins } = await unpackPlugins(packed);
  expect(plugins).toMatchObject([{ name: 'wasi_nn', provider: 'embedded' }]);
});
