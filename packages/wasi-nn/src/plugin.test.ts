import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import {
  createRuntime,
  DuplicateNameError,
  type EngineName,
  findWasmEdge,
  InvalidArgumentError,
} from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { abiCases, RawNn } from '../conformance/abi-suite.js';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import { BackendContractError } from './errors.js';

const text = new TextEncoder().encode('sum 2');
const one = [1, 2, 3, 4, 5, 6];
const engines: EngineName[] = (await findWasmEdge().catch(() => undefined)) ? ['v8', 'wasmedge'] : ['v8'];

describe.each(engines)('several backends in one runtime, on %s', (engine) => {
  it('serve their own encodings, with the named models of each', async () => {
    const first = sumPlugin({ models: { a: { text } } });
    const second = sumPlugin({ models: { b: { text } } }, sumBackend({ encoding: 4 }));
    using runtime = await createRuntime({ engine, plugins: [first, second] });
    const guests = [
      await RawNn.in(inlineCaseRuntime(runtime), sumModel),
      await RawNn.in(inlineCaseRuntime(runtime), { ...sumModel, encoding: 4 }),
    ];
    for (const guest of guests) {
      expect(await guest.add(await guest.createContext(await guest.loadModel()), one, one)).toEqual([
        2, 4, 6, 8, 10, 12,
      ]);
      for (const name of ['a', 'b']) {
        expect(await guest.exports.load_by_name(...(await guest.storeName(name)), 16)).toBe(0);
      }
    }
  });

  it('deny guests models of their own where one is told to, and keep the named ones', async () => {
    const first = sumPlugin({ models: { a: { text } }, guestModels: 'deny' });
    const second = sumPlugin({}, sumBackend({ encoding: 4 }));
    using runtime = await createRuntime({ engine, plugins: [first, second] });
    const denied = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const [builders, count] = await denied.storeModel();
    expect(await denied.exports.load(builders, count, sumModel.encoding, 0, 16)).toBe(6);
    expect(await denied.exports.load_by_name(...(await denied.storeName('a')), 16)).toBe(0);
    const allowed = await RawNn.in(inlineCaseRuntime(runtime), { ...sumModel, encoding: 4 });
    expect(await allowed.add(await allowed.createContext(await allowed.loadModel()), one, one)).toEqual([
      2, 4, 6, 8, 10, 12,
    ]);
  });

  it('free what guests left when the runtime ends', async () => {
    const backend = sumBackend();
    const runtime = await createRuntime({ engine, plugins: [sumPlugin({}, backend)] });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    await guest.createContext(await guest.loadModel());
    await guest.loadModel();
    expect(backend.alive).toBe(4);
    runtime[Symbol.dispose]();
    expect(backend.alive).toBe(0);
  });

  it('end no host with what they throw: the guest gets runtime_error', async () => {
    const said: string[] = [];
    using runtime = await createRuntime({
      engine,
      plugins: [sumPlugin()],
      logger: (level, message) => said.push(`${level} ${message}`),
    });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const context = await guest.createContext(await guest.loadModel([new TextEncoder().encode('throw')]));
    expect(await guest.setInput(context, 0, one)).toBe(0);
    expect(await guest.exports.compute(context)).toBe(5);
    expect(said).toContain('warn WASI-NN: a mistake of the backend');
    expect(await guest.add(await guest.createContext(await guest.loadModel()), one, one)).toEqual([
      2, 4, 6, 8, 10, 12,
    ]);
  });

  it('load and unload 10,000 models without anything left', async () => {
    const backend = sumBackend();
    using runtime = await createRuntime({ engine, plugins: [sumPlugin({}, backend)] });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const [builders, count] = await guest.storeModel();
    for (let round = 0; round < 10_000; round++) {
      if ((await guest.exports.load(builders, count, 3, 0, 16)) !== 0)
        throw new Error(`load failed in round ${round}`);
      if ((await guest.exports.unload(await guest.number())) !== 0)
        throw new Error(`unload failed in round ${round}`);
    }
    expect(backend.alive).toBe(1);
  });
});

describe('what cannot be combined', () => {
  const refuses = async (
    plugins: Parameters<typeof createRuntime>[0],
    kind: typeof Error,
    pattern: RegExp,
  ) => {
    await expect(createRuntime(plugins)).rejects.toThrow(kind);
    await expect(createRuntime(plugins)).rejects.toThrow(pattern);
  };

  it('is told', async () => {
    await refuses({ plugins: [sumPlugin(), sumPlugin()] }, DuplicateNameError as never, /one of them/);
    const named = (encoding: number) => sumPlugin({ models: { a: { text } } }, sumBackend({ encoding }));
    await refuses({ plugins: [named(3), named(4)] }, DuplicateNameError as never, /two models are named a/i);
    const numbered = [
      sumPlugin({ tensorNumbering: '0.14' }),
      sumPlugin({ tensorNumbering: '0.15' }, sumBackend({ encoding: 4 })),
    ];
    await refuses({ plugins: numbered }, InvalidArgumentError as never, /0\.14 and 0\.15/);
    const native = sumPlugin({ provider: 'native', nativePath: '/x.so' }, sumBackend({ encoding: 4 }));
    await refuses(
      { engine: 'v8', plugins: [sumPlugin(), native] },
      InvalidArgumentError as never,
      /another backend/,
    );
  });
});

it.each([
  [{ model: {} }, /no option model\. Did you mean models\? There are: models, preload/],
  [{ models: { a: { text, conifg: {} } } }, /models\.a has no option conifg\. Did you mean config/],
  [{ models: { a: { text, model: {} } } }, /models\.a has no option model/],
  [{ models: new Map() }, /models must be an object of models by name/],
  [{ maxGraphs: 0 }, /maxGraphs must be a whole number from 1, not 0\./],
  [{ maxContexts: 1.5 }, /maxContexts must be a whole number from 1/],
  [{ maxBytes: '1' }, /maxBytes must be a whole number from 1, not a string/],
  [{ models: [{ text }] }, /models must be an object of models by name/],
  [{ models: new Set([{ text }]) }, /models must be an object of models by name/],
  [{ models: { a: 1 } }, /models\.a must be an object/],
  [{ models: { a: { text, config: new Map() } } }, /models\.a has a config that must be .*, not Map/],
  [{ models: { a: {} } }, /lacks a file/],
  [{ preload: 'a:sum:cpu:b' }, /preload must be an array/],
  [{ preload: ['a:onnx:cpu:b'] }, /encoding "onnx"/],
  [{ tensorNumbering: '0.16' }, /tensorNumbering/],
  [{ guestModels: false }, /guestModels/],
  [{ provider: 'both' }, /provider must be/],
  [{ nativePath: '' }, /nativePath/],
  [null, /must be an object/],
])('refuses the options %j', (options, pattern) => {
  expect(() => sumPlugin(options as never)).toThrow(InvalidArgumentError);
  expect(() => sumPlugin(options as never)).toThrow(pattern);
});

it('the suite of the guest ABI has cases with sources and names of their own', () => {
  const cases = abiCases(sumModel);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.every(({ source }) => source.length > 5)).toBe(true);
});

it.each([
  [undefined, /version undefined of the contract, but .* has 1; update sum/],
  [0, /version 0 .* update sum/],
  [2, /version 2 .* update @wasmedge-plugins\/wasi-nn\./],
])(
  'refuses a backend of version %s of the contract, and says which package to update',
  (contractVersion, message) => {
    const backend = { ...sumBackend(), contractVersion: contractVersion as 1 };
    expect(() => sumPlugin({}, backend)).toThrow(BackendContractError);
    expect(() => sumPlugin({}, backend)).toThrow(message);
  },
);

it('refuses it also when another copy of this package has made its plug-in', async () => {
  const right = sumBackend();
  const plugin = sumPlugin({}, right);
  (right as { contractVersion: number }).contractVersion = 2;
  await expect(createRuntime({ plugins: [plugin] })).rejects.toThrow(BackendContractError);
});
