import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { modelFile, sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import { ModelMismatchError, NnError } from './errors.js';
import { defineModel } from './model-definition.js';
import type { Session } from './session.js';
import { tensor } from './tensor.js';

const text = new TextEncoder().encode('sum 2');
const model = defineModel({
  inputs: { x0: { type: 'f32', shape: [2] }, x1: { type: 'f32', shape: [2] } },
  outputs: { sum: { type: 'f32', shape: [2] } },
});
const a = tensor('f32', [2], Float32Array.of(1, 2));
const b = tensor('f32', [2], Float32Array.of(10, 20));

describe('a session of a defined model', () => {
  it('computes by name, in this thread and as a promise', async () => {
    using session = await sumPlugin().session({ text, model });
    expect([...session.run({ x0: a, x1: b }).sum.data]).toEqual([11, 22]);
    const both = await Promise.all([session.runAsync({ x0: a, x1: a }), session.runAsync({ x0: b, x1: b })]);
    expect(both.map(({ sum }) => [...sum.data])).toEqual([
      [2, 4],
      [20, 40],
    ]);
  });

  it.each([0, 1])(
    'computes what it was given with runAsync(), whatever the caller writes there while %i computations wait',
    async (waiting) => {
      using session = await sumPlugin().session({ text, model });
      const others = Array.from({ length: waiting }, () => session.runAsync({ x0: a, x1: b }));
      const data = Float32Array.of(1, 2);
      const inputs = { x0: tensor('f32', [2], data), x1: b };
      const result = session.runAsync(inputs);
      data.fill(1000);
      inputs.x0 = b as never;
      expect([...(await result).sum.data]).toEqual([11, 22]);
      await Promise.all(others);
    },
  );

  it('loads the bytes that it was given, whatever the caller writes there later', async () => {
    const bytes = text.slice();
    const url = new URL(`file://${modelFile('sum 2')}`);
    const plugin = sumPlugin({ models: { bytes: { text: bytes }, url: { text: url } } });
    bytes.fill(0);
    url.pathname = '/no/such/file';
    using runtime = await createRuntime({ plugins: [plugin] });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const load = async (name: string) => guest.exports.load_by_name(...(await guest.storeName(name)), 16);
    expect([await load('bytes'), await load('url')]).toEqual([0, 0]);
  });

  it('gives copies, which later computations do not change', async () => {
    using session = await sumPlugin().session({ text, model });
    const { sum } = session.run({ x0: a, x1: a });
    session.run({ x0: b, x1: b });
    expect([...sum.data]).toEqual([2, 4]);
  });

  it('checks inputs before it computes', async () => {
    using session = (await sumPlugin().session({ text, model })) as unknown as Session;
    const refuses = (inputs: unknown, pattern: RegExp) => {
      expect(() => session.run(inputs as never)).toThrow(InvalidArgumentError);
      expect(() => session.run(inputs as never)).toThrow(pattern);
    };
    refuses({ x0: a }, /input x1 is missing/);
    refuses({ x0: a, x1: b, x2: b }, /no input x2; it has: x0, x1/);
    refuses({ x0: a, x1: tensor('f64', [2], new Float64Array(2)) }, /x1 takes elements of type f32, not f64/);
    refuses({ x0: a, x1: tensor('f32', [3], new Float32Array(3)) }, /x1 takes the shape \[2\], not \[3\]/);
    refuses({ x0: a, x1: [1, 2] }, /x1 must be a tensor/);
    refuses({ x0: a, x1: undefined }, /x1 must be a tensor/);
    refuses({ x0: a, x1: { type: 'f32', shape: [2], data: [1, 2] } }, /must be a Float32Array/);
    refuses({ x0: a, x1: { type: 'f32', shape: [2], data: Float32Array.of(1) } }, /has 2 elements, but .* 1/);
    refuses(null, /must be an object/);
    refuses(new Map([['x0', a]]), /must be an object or an array of tensors, not Map/);
    expect([...(session.run({ x0: a, x1: b }).sum?.data ?? [])]).toEqual([11, 22]);
  });

  it.each([
    [{ inputs: { y: { type: 'f32', shape: [2] } }, outputs: {} }, /no input named y; it has: x0, x1/],
    [
      { inputs: { x0: { type: 'u8', shape: [2] } }, outputs: {} },
      /x0 .* type f32, but the definition says u8/,
    ],
    [{ inputs: { x0: { type: 'f32', shape: [2, 2] } }, outputs: {} }, /shape \[-1\], but .* \[2, 2\]/],
    [{ inputs: {}, outputs: { total: { type: 'f32', shape: [2] } } }, /no output named total; it has: sum/],
  ] as const)(
    'is refused when the model is not what its definition says: %j',
    async (definition, pattern) => {
      const backend = sumBackend();
      const session = sumPlugin({}, backend).session({ text, model: definition });
      await expect(session).rejects.toThrow(ModelMismatchError);
      await expect(session).rejects.toThrow(pattern);
      expect(backend.alive).toBe(0);
    },
  );

  it('frees everything at disposal, once; later use is an error', async () => {
    const backend = sumBackend();
    const session = await sumPlugin({}, backend).session({ text, model });
    expect(backend.alive).toBe(3);
    session[Symbol.dispose]();
    session[Symbol.dispose]();
    expect(backend.alive).toBe(0);
    expect(() => session.run({ x0: a, x1: b })).toThrow(DisposedError);
    await expect(session.runAsync({ x0: a, x1: b })).rejects.toThrow(DisposedError);
  });
});

describe('a session without a definition', () => {
  it('takes tensors by name or in order, and gives them by name', async () => {
    using session = await sumPlugin().session({ text });
    expect(session.inputs).toEqual([
      { name: 'x0', type: 'f32', shape: [-1] },
      { name: 'x1', type: 'f32', shape: [-1] },
    ]);
    for (const inputs of [{ x0: a, x1: b }, [a, b]]) {
      expect([...(session.run(inputs).sum?.data ?? [])]).toEqual([11, 22]);
    }
    expect(() => session.run({ z: a })).toThrow(/no input z; it has: x0, x1/);
    expect(() => session.run([a])).toThrow(/input x1 is missing/);
  });

  it('names inputs and outputs by index where the format keeps no names', async () => {
    using session = await sumPlugin({}, sumBackend({ named: false })).session({ text });
    expect(session.inputs).toBeUndefined();
    expect([...(session.run({ 0: a, 1: b })[0]?.data ?? [])]).toEqual([11, 22]);
    expect([...(session.run([a, b])[0]?.data ?? [])]).toEqual([11, 22]);
    expect(() => session.run({ first: a })).toThrow(/inputs by index, from 0/);
  });
});

it.each([
  [{ inputs: {} }, /outputs must be an object/],
  [{ inputs: new Map(), outputs: {} }, /inputs must be an object of tensors by name, not Map/],
  [{ inputs: {}, outputs: {}, output: {} }, /no option output\. Did you mean outputs/],
  [{ inputs: { x: { type: 'f99', shape: [1] } }, outputs: {} }, /inputs\.x has the type f99; available: f16/],
  [{ inputs: { x: { type: 'f32', shape: [1.5] } }, outputs: {} }, /shape of inputs\.x/],
  [{ inputs: { x: { type: 'f32', shpae: [1], shape: [1] } }, outputs: {} }, /inputs\.x has no option shpae/],
  [null, /must be an object/],
])('defineModel() refuses %j', (definition, pattern) => {
  expect(() => defineModel(definition as never)).toThrow(InvalidArgumentError);
  expect(() => defineModel(definition as never)).toThrow(pattern);
});

it('refuses bytes whose buffer was transferred, by the name of what they are', async () => {
  const moved = tensor('f32', [2], Float32Array.of(1, 2));
  structuredClone(moved.data, { transfer: [moved.data.buffer] });
  using session = await sumPlugin().session({ text });
  const gone = /^The data of the input x1 is .*Float32Array.* whose bytes are gone/;
  expect(() => session.run({ x0: a, x1: moved })).toThrow(InvalidArgumentError);
  expect(() => session.run({ x0: a, x1: moved })).toThrow(gone);
  await expect(session.runAsync({ x0: a, x1: moved })).rejects.toThrow(gone);
  const model = new TextEncoder().encode('sum 2');
  structuredClone(model, { transfer: [model.buffer] });
  await expect(sumPlugin().session({ text: model })).rejects.toThrow(
    /session\(\) has a file that is .*Uint8Array.* whose bytes are gone/,
  );
  expect(() => sumPlugin({ models: { road: { text: model } } })).toThrow(
    /^The option models\.road\.text of .*Uint8Array.* whose bytes are gone/,
  );
});

it('a model that the backend refuses leaves nothing behind', async () => {
  const backend = sumBackend();
  await expect(sumPlugin({}, backend).session({ text: new Uint8Array() })).rejects.toThrow(NnError);
  expect(backend.alive).toBe(0);
});

it.each([
  [{ text: 7 }, /lacks a file/],
  [{ text, target: 'npu' }, /target npu/],
  [{ text, config: 'x' }, /config that must be an object of settings by name, not string/],
  [{ text, configuration: {} }, /session\(\) has no option configuration/],
  [{ text, model: { input: {} } }, /defineModel\(\) has no option input\. Did you mean inputs/],
  [{ text: '/no/such/file' }, /cannot be read/],
  [null, /must be an object/],
])('refuses the source %j', async (source, pattern) => {
  const session = sumPlugin().session(source as never);
  await expect(session).rejects.toThrow(InvalidArgumentError);
  await expect(session).rejects.toThrow(pattern);
});

it.each([
  [{ type: 'f64', shape: [2] }, /output total .* type f32, but the definition says f64/],
  [{ type: 'f32', shape: [3] }, /output total .* shape \[2\], but the definition says \[3\]/],
] as const)('checks an output that the format does not describe against %j', async (total, pattern) => {
  const inputs = { x0: { type: 'f32', shape: [2] }, x1: { type: 'f32', shape: [2] } } as const;
  const plugin = sumPlugin({}, sumBackend({ named: false }));
  using session = await plugin.session({ text, model: defineModel({ inputs, outputs: { total } }) });
  expect(() => session.run({ x0: a, x1: b })).toThrow(ModelMismatchError);
  expect(() => session.run({ x0: a, x1: b })).toThrow(pattern);
});
