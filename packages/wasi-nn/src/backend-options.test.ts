import { InvalidArgumentError, type Plugin, type PluginCommandLineValue } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { type SumSource, sumKind, sumPlugin } from './__fixtures__/sum-plugin.js';
import type { BackendKind } from './backend-kind.js';
import { defineBackendPlugin } from './backend-plugin.js';
import { type NnParts, nnParts } from './nn-parts.js';

/** What the command line makes of these values for a backend that loads such encodings. */
async function made(
  encodingNames: readonly string[],
  values: Readonly<Record<string, PluginCommandLineValue>>,
): Promise<NnParts> {
  const kind: BackendKind<SumSource> = {
    ...sumKind({ ...sumBackend(), encodingNames }),
    guestModels: () => 'deny',
  };
  const plugin = await defineBackendPlugin(kind).commandLine.create(values, { provider: 'embedded' });
  return (plugin as Plugin & { readonly [nnParts]: NnParts })[nnParts];
}

it('lets guests load models of their own when that is asked for', async () => {
  expect((await made(['sum'], {})).deniedEncodings.size).toBe(1);
  expect((await made(['sum'], { 'nn-guest-models': true })).deniedEncodings.size).toBe(0);
});

it('gives each backend its own models', async () => {
  const given = ['a:OpenVINO:cpu:a.xml:a.bin', 'b:pytorch:cpu:b.pt', 'c:TensorFlowLite:cpu:c.tflite'];
  const namesFor = async (encoding: string, preload = given) => [
    ...(await made([encoding], { 'nn-preload': preload })).models.keys(),
  ];
  expect(await namesFor('openvino')).toEqual(['a']);
  expect(await namesFor('pytorch')).toEqual(['b']);
  expect(await namesFor('tensorflowlite')).toEqual(['c']);
  expect(await namesFor('pytorch', [])).toEqual([]);
});

it('leaves what no package loads to the backend, which refuses it', () => {
  const { options, create } = defineBackendPlugin(sumKind()).commandLine;
  const given = ['a:tensorflow:cpu:a.pb', 'nonsense'];
  expect(given.filter((text) => options[0]?.takes?.(text))).toEqual(given);
  for (const text of given) {
    expect(() => create({ 'nn-preload': [text] }, { provider: 'embedded' })).toThrow(InvalidArgumentError);
  }
  expect(() => sumPlugin({ preload: ['a:tensorflow:cpu:a.pb'] })).toThrow(InvalidArgumentError);
});

it('offers two flags, whatever other options there are', () => {
  const { options } = defineBackendPlugin(sumKind()).commandLine;
  expect(options.map(({ flags }) => flags)).toEqual(['--nn-preload <model>', '--nn-guest-models']);
});
