import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { isGuestType, ModelGuest } from '../conformance/abi-suite.js';
import { sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import { NnErrno } from './nn-errno.js';
import { tensor, tensorBytes, zeros } from './tensor.js';
import { elementSize, type TensorType } from './tensor-type.js';

const model = (text: string) => new TextEncoder().encode(text);
const numbers = tensor('f32', [3], Float32Array.of(1, 2, 3));

async function open() {
  const plugin = sumPlugin({ models: { road: { text: model('sum 1') } } });
  const runtime = await createRuntime({ engine: 'v8', plugins: [plugin], logger: () => {} });
  return { runtime, guest: await ModelGuest.in(inlineCaseRuntime(runtime), sumModel) };
}

it('loads by bytes and by name, with a configuration, and tells the codes', async () => {
  const { runtime, guest } = await open();
  using _ = runtime;
  expect(await guest.load([model('sum 1')])).toEqual({ errno: 0, graph: 0 });
  expect(await guest.loadByName('road')).toEqual({ errno: 0, graph: 1 });
  expect((await guest.load([model('no model')])).errno).toBe(1);
  expect((await guest.load([model('sum 1')], 99)).errno).toBe(1);
  expect((await guest.loadByName('river')).errno).toBe(NnErrno.not_found);
  expect((await guest.loadByName('road', '{"threads":1}')).errno).toBe(1);
  expect((await guest.createContext(99)).errno).toBe(1);
});

it('passes tensors of every type that guests have, as they are', async () => {
  const { runtime, guest } = await open();
  using _ = runtime;
  const types = (Object.keys(elementSize) as TensorType[]).filter(isGuestType);
  expect(types).toEqual(['f16', 'f32', 'f64', 'u8', 'i32', 'i64']);
  for (const type of types) {
    const execution = await guest.open(model('echo'));
    const given = zeros(type, [2, 2]);
    tensorBytes(given).forEach((_, index, all) => {
      all[index] = index + 1;
    });
    await guest.run(execution, [given]);
    expect((await guest.output(execution, 0)).bytes, type).toEqual(Uint8Array.from(tensorBytes(given)));
  }
});

it('sees whether a call that failed has written', async () => {
  const { runtime, guest } = await open();
  using _ = runtime;
  const execution = await guest.open(model('sum 1'));
  await guest.run(execution, [numbers]);
  expect((await guest.output(execution, 0, 11)).errno).toBe(1);
  expect(await guest.wroteNothing()).toBe(true);
  expect((await guest.output(execution, 0)).bytes).toEqual(tensorBytes(numbers));
  expect(await guest.wroteNothing()).toBe(false);
});

it('fails where a call does that must succeed', async () => {
  const { runtime, guest } = await open();
  using _ = runtime;
  await expect(guest.open(model('no model'))).rejects.toThrow('load');
  const execution = await guest.open(model('throw'));
  await expect(guest.run(execution, [numbers])).rejects.toThrow('compute');
  await expect(guest.run(execution, [numbers, numbers])).rejects.toThrow('set_input 1');
});
