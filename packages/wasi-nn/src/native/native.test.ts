import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaseRuntime, inlineCaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import {
  createRuntime,
  InvalidArgumentError,
  NativePluginBackendTakenError,
  type Runtime,
  type RuntimeOptions,
} from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { RawNn } from '../../conformance/abi-suite.js';
import { memorySize, place } from '../../conformance/drive/raw-nn.js';
import { forStandIn } from '../__fixtures__/for-stand-in.js';
import { sumBackend } from '../__fixtures__/sum-backend.js';
import { modelFile, sumModel, sumPlugin } from '../__fixtures__/sum-plugin.js';
import { NnError } from '../errors.js';
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
  const load = async (guest: RawNn, name: string) =>
    guest.exports.load_by_name(...(await guest.storeName(name)), place.result);

  describe('a runtime on the native plug-in', () => {
    it('has the models that it names, and none of another runtime', async () => {
      using first = await runtimeWith({ road: { text } }, { preload: [`river:pytorch:cpu:${text}`] });
      using second = await runtimeWith({ sea: { text } });
      using third = await runtimeWith({});
      const answers = await mapInOrder([first, second, third], async (runtime) => {
        const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
        return mapInOrder(['road', 'river', 'sea'], (name) => load(guest, name));
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
      expect(said.filter((line) => line.startsWith('warn'))).toEqual(['warn a test']);
    });

    it('has no other backend beside it', async () => {
      const other = sumPlugin({}, sumBackend({ encoding: 4 }));
      const both = createRuntime({ plugins: [sumPlugin(native), other] });
      await expect(both).rejects.toThrow(InvalidArgumentError);
      await expect(both).rejects.toThrow(/cannot be combined with another backend/);
    });

    it('is the only native backend of its process, and says so', async () => {
      const other = join(mkdtempSync(join(tmpdir(), 'other-backend-')), 'libwasmedgePluginWasiNN.so');
      copyFileSync(nativePath, other);
      const second = createRuntime({ plugins: [sumPlugin({ provider: 'native', nativePath: other })] });
      await expect(second).rejects.toThrow(NativePluginBackendTakenError);
      await expect(second).rejects.toThrow(/this process has already loaded another one.*can load only one/);
      await expect(second).rejects.toThrow(nativePath);
      await expect(second).rejects.toThrow(/placement: 'process'/);
    });

    it('has another one beside it where each is in a process of its own', async () => {
      const other = join(mkdtempSync(join(tmpdir(), 'other-backend-')), 'libwasmedgePluginWasiNN.so');
      copyFileSync(nativePath, other);
      const inProcess = (file: string) =>
        createRuntime({
          placement: 'process',
          plugins: [sumPlugin({ provider: 'native', nativePath: file, guestModels: 'allow' })],
          logger: () => {},
        });
      await using first = await inProcess(nativePath);
      await using second = await inProcess(other);
      for (const [runtime, path] of [
        [first, nativePath],
        [second, other],
        [first, nativePath],
      ] as const) {
        expect(runtime.report()).toMatchObject({ plugins: [{ provider: 'native', path }] });
        const instantiate = runtime.instantiate.bind(runtime) as CaseRuntime['instantiate'];
        const guest = await RawNn.in({ instantiate, run: () => expect.unreachable() }, sumModel);
        const execution = await guest.createContext(await guest.loadModel());
        expect(await guest.add(execution, [1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1])).toEqual([
          2, 3, 4, 5, 6, 7,
        ]);
      }
    });
  });

  describe('the guard before the native plug-in', () => {
    const withGuest = async (
      use: (guest: RawNn, runtime: Runtime) => void | Promise<void>,
      options: Parameters<typeof sumPlugin>[0] = {},
      limits?: RuntimeOptions['limits'],
    ) => {
      const models = { road: { text } };
      using runtime = await createRuntime({
        plugins: [sumPlugin({ ...native, models, guestModels: 'allow', ...options })],
        logger: () => {},
        limits,
      });
      await use(await RawNn.in(inlineCaseRuntime(runtime), sumModel), runtime);
    };
    const floats = [1, 2, 3, 4, 5, 6];

    // Measured on the plug-in of 0.14.1: four bytes for each of 0x40000002 dimensions are 8 in 32 bits. The stand-in ends the process.
    it.each([0x4000_0002, 0xffff_ffff, 0x8000_0000, 65])('stops a tensor of %i dimensions', async (rank) => {
      await withGuest(async (guest) => {
        const context = await guest.createContext(await guest.loadModel());
        await guest.storeTensor(floats);
        await guest.storeNumbers(place.record + 4, rank);
        expect(await guest.exports.set_input(context, 0, place.record)).toBe(1);
        expect(await guest.add(context, floats, floats)).toEqual([2, 4, 6, 8, 10, 12]);
      });
    });

    it('stops data that is shorter than its shape, and indices that no model has', async () => {
      await withGuest(async (guest) => {
        const context = await guest.createContext(await guest.loadModel());
        const record = await guest.storeTensor(floats, [2, 4]);
        expect(await guest.exports.set_input(context, 0, record)).toBe(1);
        expect(await guest.exports.set_input(context, 1024, await guest.storeTensor(floats))).toBe(1);
        expect(await guest.exports.set_input(context, -1, await guest.storeTensor(floats))).toBe(1);
      });
    });

    it('knows graphs, contexts and names, and asks the plug-in for no others', async () => {
      await withGuest(async (guest) => {
        const { load_by_name, load_by_name_with_config, init_execution_context, compute, unload } =
          guest.exports;
        const [name, length] = await guest.storeName('road');
        expect(await load_by_name(memorySize - 4, 5, place.result)).toBe(1);
        expect(await load_by_name(place.parts, 70_000, place.result)).toBe(7);
        expect(await load_by_name_with_config(name, length, memorySize - 4, 5, place.result)).toBe(1);
        expect(await load_by_name(name, length - 1, place.result)).toBe(8);
        expect(await load_by_name(name, length, place.result)).toBe(0);
        expect(await init_execution_context((await guest.number()) + 1, place.result)).toBe(1);
        expect(await init_execution_context(-1, place.result)).toBe(1);
        expect([
          await compute(0),
          await compute(-1),
          await unload(-1),
          await guest.exports.get_output(9, 0, 0, 0, 0),
        ]).toEqual([1, 1, 1, 1]);
      });
    });

    it('bounds what guests hold, which the plug-in never frees', async () => {
      const limited = { maxGraphs: 2, maxContexts: 2, maxBytes: 100_000 };
      await withGuest(async (guest) => {
        const [builders, count] = await guest.storeModel();
        const load = () => guest.exports.load(builders, count, 3, 0, place.result);
        const contextOf = () => guest.exports.init_execution_context(0, place.result);
        expect([await load(), await load(), await load()]).toEqual([0, 0, 7]);
        expect([await contextOf(), await contextOf(), await contextOf()]).toEqual([0, 0, 7]);
        await guest.storeNumbers(place.dimensions, 20_000);
        await guest.storeNumbers(place.record, place.dimensions, 1, 1, place.parts, 80_000);
        expect(await guest.exports.set_input(0, 0, place.record)).toBe(7);
        expect(await guest.exports.load(0, 9, 3, 0, place.result)).toBe(1);
      }, limited);
    });

    it.each(['preload:/etc/hostname', '\x7fELF', 'PK\x03\x04 cut off'])(
      'passes no model on that begins with %j',
      async (model) => {
        await withGuest(async (guest) => {
          const [builders, count] = await guest.storeModel([Buffer.from(model, 'latin1')]);
          expect(await guest.exports.load(builders, count, 3, 0, place.result)).toBe(1);
        });
      },
    );

    it('denies guests models of their own unless the host allows them', async () => {
      await withGuest(
        async (guest) => {
          const [builders, count] = await guest.storeModel();
          expect(await guest.exports.load(builders, count, 3, 0, place.result)).toBe(6);
          expect(await load(guest, 'road')).toBe(0);
        },
        { guestModels: 'deny' },
      );
    });

    it('gives a name that failed to load the same answer again', async () => {
      const models = { broken: { text: modelFile('no model') } };
      await withGuest(
        async (guest) => expect([await load(guest, 'broken'), await load(guest, 'broken')]).toEqual([1, 1]),
        {
          models,
        },
      );
    });

    it('serves several guests, each by its own memory, and stays within the limits of the runtime', async () => {
      await withGuest(async (guest, runtime) => {
        const other = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
        const context = await guest.createContext(await guest.loadModel());
        const ones = [1, 1, 1, 1, 1, 1];
        const graph = await other.loadModel();
        const ofOther = await other.createContext(graph);
        expect(await guest.setInput(context, 0, floats)).toBe(0);
        await other.exports.fill(0, 0xff, memorySize);
        expect(await other.add(ofOther, ones, ones)).toEqual([2, 2, 2, 2, 2, 2]);
        expect(await guest.setInput(context, 1, ones)).toBe(0);
        expect(await guest.exports.compute(context)).toBe(0);
        expect(await guest.output(context)).toEqual([2, 3, 4, 5, 6, 7]);
        for (const refused of [
          other.setInput(context, 1, ones),
          other.exports.compute(context),
          guest.exports.unload(graph),
          guest.exports.init_execution_context(graph, place.result),
        ]) {
          expect(await refused).toBe(1);
        }
        await other[Symbol.asyncDispose]();
        expect(await guest.exports.compute(ofOther)).toBe(1);
        expect(await guest.output(context)).toEqual([2, 3, 4, 5, 6, 7]);
      });
      await withGuest(
        async (guest) =>
          expect(
            await guest.exports.get_output(
              await guest.createContext(await guest.loadModel()),
              0,
              0,
              memorySize,
              16,
            ),
          ).toBe(7),
        {},
        { memoryPages: 16 },
      );
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
      await expect(broken).rejects.toThrow(/returned invalid_argument from load/);
      const outputs = { sum: { type: 'f32', shape: [3] } } as const;
      using session = await sumPlugin(native).session({ text, model: { ...model, outputs } });
      expect(() => session.run({ x0: a, x1: b })).toThrow(/8 bytes, but its definition 12/);
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
  [{ text, config: {} }, /does not take config/],
  [{ text: '/a:b' }, /must not contain a colon/],
])('the native plug-in refuses the model %j', (source, pattern) => {
  const make = () => sumPlugin({ provider: 'native', models: { road: source } });
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(pattern);
});

it.skipIf(process.platform === 'win32')('the native plug-in refuses a path that it would divide', () => {
  const make = () => sumPlugin({ provider: 'native', preload: ['road:pytorch:cpu:C:\\sum.txt'] });
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(/the path of "road:.*" must not contain a colon/);
});
