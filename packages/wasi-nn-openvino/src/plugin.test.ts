import { readFileSync } from 'node:fs';
import { InvalidArgumentError, packPlugins, unpackPlugins } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { modelFiles } from '../conformance/models.js';
import { commandLine } from './cli.js';
import { openVinoReleases } from './platforms.js';
import { openVINO } from './plugin.js';

const loose = openVINO as (options: unknown) => unknown;

it.each<[unknown, RegExp]>([
  [null, /must be an object/],
  [{ modles: {} }, /no option modles/],
  [{ models: { road: { xml: 'road.xml' } } }, /lacks a file/],
  [{ models: { road: { xml: 'a', weights: 'b', config: { shape: {} } } } }, /models\.road.*no setting shape/],
  [{ models: { road: { xml: 'a', weights: 'b', target: 'npu' } } }, /has the target npu/],
  [{ preload: ['road:pytorch:cpu:road.pt'] }, /pytorch/],
  [{ provider: 'wasm' }, /provider must be/],
])('refuses the options %j', (options, message) => {
  expect(() => loose(options)).toThrow(InvalidArgumentError);
  expect(() => loose(options)).toThrow(message);
});

it('is the plug-in wasi_nn, and the command line makes it', async () => {
  const { xml, weights } = modelFiles('add');
  expect(openVINO({ models: { add: { xml, weights } } })).toMatchObject({
    name: 'wasi_nn',
    provider: 'embedded',
  });
  const preload = [`add:OpenVINO:CPU:${xml.pathname}:${weights.pathname}`];
  const made = await commandLine.create({ 'nn-preload': preload }, { provider: 'embedded' });
  expect(made.name).toBe('wasi_nn');
});

it('knows where WasmEdge released the native plug-in', () => {
  expect(openVinoReleases.map(({ platform, arch }) => `${platform} ${arch}`)).toEqual(['linux x64']);
});

it('tells where OpenVINO is, or what installs it', () => {
  const [library] = commandLine.libraries?.() ?? [];
  expect(library?.name).toBe('OpenVINO');
  if (library?.problem === undefined) {
    expect(library).toMatchObject({
      path: expect.stringContaining('openvino_c'),
      version: expect.stringMatching(/^20\d\d\.\d/),
    });
  } else {
    expect(library.problem).toContain('pip install openvino');
  }
});

it('is made again elsewhere, with models of paths and of bytes', async () => {
  const { xml, weights } = modelFiles('add');
  const models = {
    paths: { xml, weights },
    bytes: { xml: readFileSync(xml), weights: readFileSync(weights) },
  };
  const packed = structuredClone(packPlugins({ plugins: [openVINO({ models, maxGraphs: 3 })] }));
  expect(packed.plugins).toMatchObject([{ name: 'wasi_nn', export: 'openVINO' }]);
  const { plugins } = await unpackPlugins(packed);
  expect(plugins).toMatchObject([{ name: 'wasi_nn', provider: 'embedded' }]);
});
