import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, InvalidArgumentError, NativePluginBackendTakenError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { RawNn } from '../../conformance/abi-suite.js';
import { place } from '../../conformance/drive/raw-nn.js';
import { forStandIn } from '../__fixtures__/for-stand-in.js';
import { sumBackend } from '../__fixtures__/sum-backend.js';
import { modelFile, sumModel, sumPlugin } from '../__fixtures__/sum-plugin.js';
import { NnError } from '../errors/nn-error.js';
import { defineModel } from '../model-definition.js';
import { tensor } from '../tensor.js';

const text = modelFile('sum 2');
const vector = { type: 'f32', shape: [2] } as const;
const model = defineModel({ inputs: { x0: vector, x1: vector }, outputs: { sum: vector } });
const a = tensor('f32', [2], Float32Array.of(1, 2));
const b = tensor('f32', [2], Float32Array.of(10, 20));

await forStandIn((nativePath) => {
  const native = { provider: 'native', nativePath } as const;
  const said: string[] = [];
  const runtimeWith = (models: Record<string, { text: string }>, more: { preload?: string[] } = {}) =>
    createRuntime({
      plugins: [sumPlugin({ ...native, models, ...more })],
      logger: (level, message) => said.push(`${level} ${message}`),
    });
  const load = (guest: RawNn, name: string) =>
    guest.exports.load_by_name(...guest.storeName(name), place.result);

  describe('a runtime on the native plug-in', () => {
    it('has the models that it names, and none of another runtime', async () => {
      using first = await runtimeWith({ road: { text } }, { preload: [`river:pytorch:cpu:${text}`] });
      using second = await runtimeWith({ sea: { text } });
      using third = await runtimeWith({});
      const answers = [first, second, third].map((runtime) => {
        const guest = new RawNn(runtime, sumModel);
        return ['road', 'river', 'sea'].map((name) => load(guest, name));
      });
      expect(answers).toEqual([
        [0, 0, 8],
        [8, 8, 0],
        [8, 8, 8],
      ]);
      expect(first.report()).toMatchObject({
        engine: 'wasmedge',
        plugins: [{ name: 'wasi_nn', provider: 'native', path: nativePath, modules: ['wasi_ephemeral_nn'] }],
      });
    });

    it('has told of its defects once', () => {
      expect(said).toEqual(['warn a test']);
    });

    it('has no other backend beside it', async () => {
      const other = sumPlugin({}, sumBackend({ encoding: 4 }));
      const both = createRuntime({ plugins: [sumPlugin(native), other] });
      await expect(both).rejects.toThrow(InvalidArgumentError);
      await expect(both).rejects.toThrow(/no other backend fits beside it/);
    });

    it('is the only native backend of its process, and says so', async () => {
      const other = join(mkdtempSync(join(tmpdir(), 'other-backend-')), 'libwasmedgePluginWasiNN.so');
      copyFileSync(nativePath, other);
      const second = createRuntime({ plugins: [sumPlugin({ provider: 'native', nativePath: other })] });
      await expect(second).rejects.toThrow(NativePluginBackendTakenError);
      await expect(second).rejects.toThrow(/this process has another one.*a process can have one/);
      await expect(second).rejects.toThrow(nativePath);
    });
  });

  describe('a session on the native plug-in', () => {
    it('computes, again and again, in order and as promises', async () => {
      using session = await sumPlugin(native).session({ text, model });
      expect([...session.run({ x0: a, x1: b }).sum.data]).toEqual([11, 22]);
      expect([...session.run({ x0: a, x1: a }).sum.data]).toEqual([2, 4]);
      const both = await Promise.all([
        session.runAsync({ x0: b, x1: b }),
        session.runAsync({ x0: a, x1: b }),
      ]);
      expect(both.map(({ sum }) => [...sum.data])).toEqual([
        [20, 40],
        [11, 22],
      ]);
    });

    it('moves tensors that are larger than the memory it began with', async () => {
      const shape = [300_000] as const;
      const large = defineModel({
        inputs: { x0: { type: 'f32', shape }, x1: { type: 'f32', shape } },
        outputs: { sum: { type: 'f32', shape } },
      });
      using session = await sumPlugin(native).session({ text, model: large });
      const x = tensor(
        'f32',
        shape,
        Float32Array.from({ length: shape[0] }, (_, index) => index),
      );
      const { data } = session.run({ x0: x, x1: x }).sum;
      expect([data[0], data[1], data.at(-1)]).toEqual([0, 2, 599_998]);
    });

    it('tells what the plug-in refuses', async () => {
      const broken = sumPlugin(native).session({ text: modelFile('no model'), model });
      await expect(broken).rejects.toThrow(NnError);
      await expect(broken).rejects.toThrow(/answers invalid_argument to load/);
      const outputs = { sum: { type: 'f32', shape: [3] } } as const;
      using session = await sumPlugin(native).session({ text, model: { ...model, outputs } });
      expect(() => session.run({ x0: a, x1: b })).toThrow(/8 bytes, and its definition 12/);
    });

    it('needs a definition with fixed outputs', async () => {
      const open = { ...model, outputs: { sum: { type: 'f32', shape: [-1] } } } as const;
      await expect(sumPlugin(native).session({ text })).rejects.toThrow(/a model with fixed output shapes/);
      await expect(sumPlugin(native).session({ text, model: open })).rejects.toThrow(/fixed output shapes/);
    });
  });
});

it.each([
  [{ text: new Uint8Array(5) }, /reads models from files/],
  [{ text, config: {} }, /takes no config/],
  [{ text: '/a:b' }, /must not contain a colon/],
])('the native plug-in refuses the model %j', (source, pattern) => {
  const make = () => sumPlugin({ provider: 'native', models: { road: source } });
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(pattern);
});
