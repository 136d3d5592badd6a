import { readdirSync } from 'node:fs';
import { defineModel, ModelMismatchError, type Tensor, tensor, tensorBytes } from '@wasmedge-plugins/wasi-nn';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { mlServerProblem } from '../conformance/servers/ml-server.js';
import { sharedServer } from '../conformance/servers/shared-server.js';
import { tritonProblem } from '../conformance/servers/triton.js';
import { kserve } from './plugin.js';
import type { KServeModel } from './source.js';

const pair = defineModel({
  inputs: { a: { type: 'f32', shape: [2] }, b: { type: 'f32', shape: [2] } },
  outputs: { sum: { type: 'f32', shape: [2] } },
});
const a = tensor('f32', [2], Float32Array.of(1, 2));
const b = tensor('f32', [2], Float32Array.of(10, 20));

/** A plug-in with a model on the server that tests share. */
async function pluginFor(
  name: 'triton' | 'mlserver',
  protocol: 'grpc' | 'http',
  model: Partial<KServeModel> & Pick<KServeModel, 'model'>,
) {
  const servers = [`${protocol}://${(await sharedServer(name))[protocol]}`];
  return kserve({ models: { road: { servers, ...model } } });
}

/** A picture of 602,112 bytes. */
function picture(first: number, count = 1) {
  return tensor(
    'f32',
    [count, 3, 224, 224],
    Float32Array.from({ length: count * 150_528 }, (_, at) => first + at),
  );
}

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  test.each(['grpc', 'http'] as const)('a session by %s', async (protocol) => {
    const plugin = await pluginFor('triton', protocol, { model: 'pair' });
    using session = await plugin.session({ name: 'road', model: pair });
    const { sum } = await session.runAsync({ a, b });
    expect(sum.data).toEqual(Float32Array.of(11, 22));
    const other = defineModel({ ...pair, outputs: { sum: { type: 'i32', shape: [2] } } });
    await expect(plugin.session({ name: 'road', model: other })).rejects.toThrow(ModelMismatchError);
  });

  test('a session whose model the server does not have', async () => {
    const plugin = await pluginFor('triton', 'grpc', { model: 'nope', readyTimeoutMs: 0 });
    await expect(plugin.session({ name: 'road' })).rejects.toMatchObject({ errnoName: 'not_found' });
  });

  test.each(['grpc', 'http'] as const)(
    'tensors in shared memory by %s, whatever their sizes',
    async (protocol) => {
      const plugin = await pluginFor('triton', protocol, { model: 'identity', sharedMemory: true });
      const session = await plugin.session({ name: 'road' });
      for (const x of [picture(1), picture(2), picture(3, 2), picture(4, 2), picture(5)]) {
        const { y } = await session.runAsync({ x });
        expect(y?.shape).toEqual(x.shape);
        expect(Buffer.compare(tensorBytes(y as Tensor), tensorBytes(x))).toBe(0);
      }
      session[Symbol.dispose]();
      // The files had their names taken away once the server had opened them.
      expect(readdirSync('/dev/shm').filter((name) => name.startsWith('wasmedge-plugins-'))).toEqual([]);
    },
  );
});

await describeWith('MLServer', { name: 'mlserver', problem: mlServerProblem }, () => {
  test.each(['grpc', 'http'] as const)('a session by %s', async (protocol) => {
    const plugin = await pluginFor('mlserver', protocol, { model: 'pair' });
    using session = await plugin.session({ name: 'road', model: pair });
    expect((await session.runAsync({ a, b })).sum.data).toEqual(Float32Array.of(11, 22));
  });

  test.each(['grpc', 'http'] as const)(
    'by %s: a session whose model the server does not have',
    async (protocol) => {
      const plugin = await pluginFor('mlserver', protocol, { model: 'nope', readyTimeoutMs: 0 });
      await expect(plugin.session({ name: 'road' })).rejects.toMatchObject({ errnoName: 'not_found' });
    },
  );
});
