import { InvalidArgumentError, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { modelUrl } from '../conformance/models.js';
import { commandLine } from './cli.js';
import { ggmlReleases } from './platforms.js';
import { ggml } from './plugin.js';

const loose = ggml as (options: unknown) => unknown;

it.each<[unknown, RegExp]>([
  [null, /must be an object/],
  [{ release: '0.13' }, /^ggml\(\): release must be '0\.14', '0\.15', '0\.16' or '0\.17'\.$/],
  [{ gpu: 'opencl' }, /gpu must be/],
  [{ maxContextSize: 4 }, /maxContextSize/],
  [{ maxThreads: 0 }, /maxThreads/],
  [{ provider: 'native', release: '0.14' }, /leave out release, or use provider: 'embedded'/],
  [{ provider: 'native', release: '0.17' }, /answers as the release that it is of/],
  [{ provider: 'native', gpu: 'none' }, /leave out gpu, or use provider: 'embedded'/],
  [
    { provider: 'native', models: { a: { file: 'a.gguf', config: { temp: 0 } } } },
    /does not take config for models\.a; let the guest pass it/,
  ],
  [
    { provider: 'native', models: { a: { file: new Uint8Array(4) } } },
    /a part of models\.a is bytes; pass its path/,
  ],
  [{ modles: {} }, /no option modles/],
  [{ models: { a: {} } }, /lacks a file/],
  [{ models: { a: { file: 'a', config: { 'ctx-sise': 1 } } } }, /models\.a.*no setting ctx-sise/],
  [{ models: { a: { file: 'a', config: { temp: '1' } } } }, /temp must be a finite number/],
  ...(['0.15', '0.16', '0.17'] as const).flatMap((release) =>
    ['yes', 1, null].map((given): [unknown, RegExp] => [
      { release, models: { a: { file: 'a', config: { 'flash-attn': given } } } },
      /flash-attn must be true or false, or one of on, enabled, off, disabled, auto/,
    ]),
  ),
  [
    { release: '0.14', models: { a: { file: 'a', config: { 'flash-attn': true } } } },
    /models\.a.*no setting flash-attn/,
  ],
  [{ preload: ['a:openvino:cpu:a.gguf'] }, /openvino/],
])('refuses the options %j', (options, message) => {
  expect(() => loose(options)).toThrow(InvalidArgumentError);
  expect(() => loose(options)).toThrow(message);
});

it.each(['0.15', '0.16', '0.17'] as const)('takes flash-attn in either form for release %s', (release) => {
  for (const given of [true, false, 'on', 'auto'] as const) {
    expect(() =>
      ggml({ release, models: { a: { file: 'a', config: { 'flash-attn': given } } } }),
    ).not.toThrow();
  }
});

it('is the plug-in wasi_nn, and the command line makes it', async () => {
  expect(ggml()).toMatchObject({ name: 'wasi_nn', provider: 'embedded' });
  const preload = [`default:GGML:AUTO:${modelUrl.pathname}`];
  const made = await commandLine.create({ 'nn-preload': preload }, { provider: 'embedded' });
  expect(made.name).toBe('wasi_nn');
  expect(commandLine.libraries?.()).toMatchObject([{ name: 'llama.cpp (node-llama-cpp)' }]);
});

it('is native where that is asked for, with its models by name', async () => {
  const plugin = ggml({
    provider: 'native',
    nativePath: '/lib/plugin.so',
    models: { chat: { file: '/models/chat.gguf' } },
    preload: ['other:GGML:AUTO:/models/other.gguf'],
    maxContextSize: 128,
    maxThreads: 1,
  });
  expect(plugin).toMatchObject({
    provider: 'native',
    native: {
      path: '/lib/plugin.so',
      fileName: 'wasmedgePluginWasiNN',
      warning: expect.stringContaining('ggml-model.bin'),
      options: { 'nn-preload': ['chat:ggml:cpu:/models/chat.gguf', 'other:GGML:AUTO:/models/other.gguf'] },
    },
  });
  const session = plugin.session({ file: modelUrl });
  await expect(session).rejects.toThrow(/no sessions of this kind; use provider: 'embedded'/);
});

// The table of released plug-ins in WasmEdge's documentation.
it('is released since 0.13.4 for Linux and macOS', () => {
  expect(ggmlReleases.map(({ platform, arch, since }) => `${platform} ${arch} ${since}`)).toEqual([
    'linux x64 0.13.4',
    'linux arm64 0.13.4',
    'darwin x64 0.13.4',
    'darwin arm64 0.13.4',
  ]);
});

it('is made again elsewhere, with the release that was chosen', async () => {
  const packed = structuredClone(packPlugins({ plugins: [ggml({ release: '0.14' })] }));
  expect(packed.plugins).toMatchObject([{ name: 'wasi_nn', export: 'ggml' }]);
  expect(JSON.stringify(packed.plugins)).toContain('0.14');
  const { plugins } = await unpackPlugins(packed);
  expect(plugins).toMatchObject([{ name: 'wasi_nn', provider: 'embedded' }]);
});
