import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, DuplicateNameError, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { type NamedTestModel, namedPlugin } from './__fixtures__/named-plugin.js';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { sumKind, sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import { defineBackendPlugin } from './backend-plugin.js';
import { defineModel } from './model-definition.js';
import { NnErrno } from './nn-errno.js';
import { tensor } from './tensor.js';

const x = tensor('bool', [2], Uint8Array.of(0, 1));

async function open(models: Readonly<Record<string, NamedTestModel>>, told: unknown[] = []) {
  const said: string[] = [];
  const sum = sumPlugin({ models: { sum: { text: new TextEncoder().encode('sum 2') } } });
  const runtime = await createRuntime({
    plugins: [namedPlugin(models, (message) => told.push(message)), sum],
    logger: (_, message) => said.push(message),
  });
  const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
  return { guest, said, [Symbol.dispose]: () => runtime[Symbol.dispose]() };
}

/** Loads a model by its name; gives the errno, or the number of its graph. */
async function load(guest: RawNn, name: string) {
  const errno = await guest.exports.load_by_name(...(await guest.storeName(name)), 16);
  return { errno, graph: errno === 0 ? await guest.number() : -1 };
}

/** Computes with an input of type u8, which is number 3 since 0.15, and reads the output as text. */
async function compute(guest: RawNn, context: number, shape: readonly number[] = [2, 1]) {
  await guest.store(256, Uint8Array.of(0, 1));
  await guest.storeNumbers(64, ...shape);
  await guest.storeNumbers(32, 64, shape.length, 3, 256, 2);
  const set = await guest.exports.set_input(context, 0, 32);
  if (set !== 0) return set;
  const errno = await guest.exports.compute(context);
  if (errno !== 0) return errno;
  expect(await guest.exports.get_output(context, 0, 4096, 256, 16)).toBe(0);
  return new TextDecoder().decode(await guest.read(4096, await guest.number()));
}

describe('a guest', () => {
  it('loads models by name beside those of another backend, and its bytes reach only that', async () => {
    using opened = await open({ road: {} });
    const { guest } = opened;
    const { graph } = await load(guest, 'road');
    expect(await compute(guest, await guest.createContext(graph))).toBe('road undefined');
    const one = [1, 2, 3, 4, 5, 6];
    const { graph: sum } = await load(guest, 'sum');
    expect(await guest.add(await guest.createContext(sum), one, one)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(await guest.add(await guest.createContext(await guest.loadModel()), one, one)).toHaveLength(6);
    expect((await load(guest, 'other')).errno).toBe(NnErrno.not_found);
  });

  it('is told that bytes are not supported where models exist only by name', async () => {
    using runtime = await createRuntime({ plugins: [namedPlugin({ road: {} })], logger: () => {} });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const [builders, count] = await guest.storeModel();
    expect(await guest.exports.load(builders, count, 3, 0, 16)).toBe(NnErrno.unsupported_operation);
    expect(await guest.exports.load(builders, count, 200, 0, 16)).toBe(NnErrno.invalid_encoding);
    using empty = await createRuntime({ plugins: [namedPlugin({})], logger: () => {} });
    const other = await RawNn.in(inlineCaseRuntime(empty), sumModel);
    expect(await other.exports.load(...(await other.storeModel()), 3, 0, 16)).toBe(NnErrno.invalid_argument);
  });

  it('has an input in each of its forms, with the shape of that form', async () => {
    using opened = await open({ road: {} });
    const { guest, said } = opened;
    const context = await guest.createContext((await load(guest, 'road')).graph);
    expect(await compute(guest, context, [2])).toBe(NnErrno.invalid_argument);
    expect(said).toContain('WASI-NN: The input x takes the shape [2, 1], not [2].');
    await guest.storeNumbers(32, 64, 2, 4, 256, 2);
    await guest.storeNumbers(64, 2, 1);
    expect(await guest.exports.set_input(context, 0, 32)).not.toBe(0);
  });

  it('waits for what the host adds to each request, which must not be a promise', async () => {
    let calls = 0;
    const told: unknown[] = [];
    using opened = await open(
      { counted: { perRequest: () => ++calls }, later: { perRequest: async () => 'late' } },
      told,
    );
    const { guest, said } = opened;
    const context = await guest.createContext((await load(guest, 'counted')).graph);
    expect(await compute(guest, context)).toBe('counted 2');
    expect(await compute(guest, context)).toBe('counted 3');
    expect(told).toEqual([
      { loaded: 'counted', atLoad: 1 },
      { computed: 'counted' },
      { computed: 'counted' },
    ]);
    expect((await load(guest, 'later')).errno).toBe(NnErrno.runtime_error);
    expect(said.join()).toContain("run the guest with placement: 'worker' or 'process'");
  });

  it('leaves the host what was told also when it fails', async () => {
    const told: unknown[] = [];
    using opened = await open({ road: { perRequest: () => 'fail' } }, told);
    const { guest } = opened;
    const context = await guest.createContext((await load(guest, 'road')).graph);
    expect(await compute(guest, context)).toBe(NnErrno.runtime_error);
    expect(told).toEqual([{ loaded: 'road', atLoad: 'fail' }, { computed: 'road' }]);
  });
});

describe('a session', () => {
  it('is opened by name, and takes inputs in each of their forms', async () => {
    const plugin = namedPlugin({ road: { perRequest: async () => 'token' } });
    using session = await plugin.session({ name: 'road' });
    const text = async (given: Parameters<typeof session.runAsync>[0]) =>
      new TextDecoder().decode((await session.runAsync(given)).text?.data as Uint8Array);
    expect(await text({ x })).toBe('road token');
    expect(await text({ x: tensor('u8', [2, 1], Uint8Array.of(1, 1)) })).toBe('road token');
    await expect(session.runAsync({ x: tensor('u8', [2], Uint8Array.of(1, 1)) })).rejects.toThrow(
      'The input x takes the shape [2, 1], not [2].',
    );
    expect(() => session.run({ x })).toThrow(/use runAsync/);
  });

  it('is typed by a definition in any of the forms, and by no other', async () => {
    const plugin = namedPlugin({ road: {} });
    const outputs = { text: { type: 'u8', shape: [-1] } } as const;
    for (const input of [
      { type: 'bool', shape: [2] },
      { type: 'u8', shape: [2, 1] },
    ] as const) {
      const model = defineModel({ inputs: { x: input }, outputs });
      (await plugin.session({ name: 'road', model }))[Symbol.dispose]();
    }
    for (const input of [
      { type: 'i8', shape: [2] },
      { type: 'u8', shape: [2] },
    ] as const) {
      const model = defineModel({ inputs: { x: input }, outputs });
      await expect(plugin.session({ name: 'road', model })).rejects.toThrow(/^The input x of the model has/);
    }
  });

  it('is refused for what is not a name', async () => {
    const plugin = namedPlugin({ road: {}, lost: {} });
    const refused = async (source: unknown, message: RegExp) => {
      const opening = plugin.session(source as { name: string });
      await expect(opening).rejects.toThrow(message);
    };
    await refused({ name: 'raod' }, /no model named "raod"; there are: road, lost/);
    await refused({ nmae: 'road' }, /no option nmae. Did you mean name/);
    await refused({ name: 3 }, /no model named number/);
    await refused({ name: 'lost' }, /no server has it/);
  });
});

it('combines several that have no encoding, but not two models of one name', async () => {
  const both = [namedPlugin({ a: {} }), namedPlugin({ b: {} })];
  using runtime = await createRuntime({ plugins: both });
  const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
  for (const name of ['a', 'b']) expect((await load(guest, name)).errno).toBe(0);
  const twice = createRuntime({ plugins: [namedPlugin({ a: {} }), namedPlugin({ a: {} })] });
  await expect(twice).rejects.toThrow(DuplicateNameError);
});

it('refuses models that are not what they must be, and a plug-in of files for such a backend', () => {
  const loose = namedPlugin as (models: unknown) => unknown;
  expect(() => loose([])).toThrow(/models .*must be an object of models by name/);
  expect(() => loose({ road: 1 })).toThrow(/models\.road must be an object/);
  const define = () => defineBackendPlugin(sumKind({ ...sumBackend(), encoding: undefined }));
  expect(define).toThrow(InvalidArgumentError);
  expect(define).toThrow(/defineNamedModelsPlugin/);
});
