import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { sumPlugin } from './__fixtures__/sum-plugin.js';
import { backendCommandLine } from './backend-command-line.js';

it('lets guests load models of their own when that is asked for', () => {
  const seen: unknown[] = [];
  const commandLine = backendCommandLine({
    backend: { encodingNames: ['sum'] },
    releases: [],
    create({ guestModels }) {
      seen.push(guestModels);
      return sumPlugin();
    },
  });
  commandLine.create({}, { provider: 'embedded' });
  commandLine.create({ 'nn-guest-models': true }, { provider: 'embedded' });
  expect(seen).toEqual([undefined, 'allow']);
});

function preloadsSeenBy(encodingNames: readonly string[], given: readonly string[] | undefined) {
  const seen: (readonly string[])[] = [];
  const commandLine = backendCommandLine({
    backend: { encodingNames },
    releases: [],
    create({ preload }) {
      seen.push(preload);
      return sumPlugin();
    },
  });
  commandLine.create(given === undefined ? {} : { 'nn-preload': given }, { provider: 'embedded' });
  return seen[0];
}

it('gives each backend its own models', () => {
  const given = ['a:OpenVINO:cpu:a.xml:a.bin', 'b:pytorch:cpu:b.pt', 'c:TensorFlowLite:cpu:c.tflite'];
  expect(preloadsSeenBy(['openvino'], given)).toEqual([given[0]]);
  expect(preloadsSeenBy(['pytorch'], given)).toEqual([given[1]]);
  expect(preloadsSeenBy(['tensorflowlite'], given)).toEqual([given[2]]);
  expect(preloadsSeenBy(['pytorch'], undefined)).toEqual([]);
});

it('leaves what no package loads to the backend, which refuses it', () => {
  expect(preloadsSeenBy(['pytorch'], ['a:ggml:cpu:a.gguf', 'nonsense'])).toHaveLength(2);
  expect(() => sumPlugin({ preload: ['a:ggml:cpu:a.gguf'] })).toThrow(InvalidArgumentError);
});
