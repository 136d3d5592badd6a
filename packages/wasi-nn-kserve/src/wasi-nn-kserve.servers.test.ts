import { type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { MLServer, mlServerProblem } from '../conformance/servers/ml-server.js';
import type { ServedModelName } from '../conformance/servers/served-models.js';
import { Triton, tritonProblem } from '../conformance/servers/triton.js';
import { kserve } from './plugin.js';
import type { KServeModel } from './source.js';

/** A session of a model of the test servers. */
function open(server: string, name: ServedModelName, model: Partial<KServeModel> = {}) {
  return kserve({ models: { road: { servers: [server], model: name, ...model } } }).session({ name: 'road' });
}

const one = { a: tensor('f32', [2], Float32Array.of(1, 2)), b: tensor('f32', [2], Float32Array.of(10, 20)) };
const milliseconds = (duration: number, shape: readonly number[] = [1]) => ({
  ms: tensor('i32', shape, Int32Array.of(duration)),
});
const number = (output: Tensor | undefined) => Number(output?.data[0]);

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  test.each(['grpc', 'http'] as const)(
    'by %s, a server that is still starting is waited for',
    async (protocol) => {
      await using triton = await Triton.start({ models: ['late'], waits: false });
      const opening = open(`${protocol}://${triton[protocol]}`, 'late', { readyTimeoutMs: 120_000 });
      triton.release();
      using session = await opening;
      expect((await session.runAsync(one)).sum?.data).toEqual(Float32Array.of(11, 22));
    },
  );

  test('a model that is loaded later is waited for, and one that is unloaded is told', async () => {
    await using triton = await Triton.start({ models: [] });
    const opening = open(`grpc://${triton.grpc}`, 'pair', { readyTimeoutMs: 120_000 });
    await triton.repository('load', 'pair');
    using session = await opening;
    expect((await session.runAsync(one)).sum?.data).toEqual(Float32Array.of(11, 22));
    await triton.repository('unload', 'pair');
    await expect(session.runAsync(one)).rejects.toMatchObject({ errnoName: 'runtime_error' });
  });

  test('a deadline reaches the computation on the server, and it is not sent again', async () => {
    await using triton = await Triton.start({ models: ['slow'] });
    const server = `grpc://${triton.grpc}`;
    using impatient = await open(server, 'slow', { timeoutMs: 500 });
    await expect(impatient.runAsync(milliseconds(600_000))).rejects.toMatchObject({
      errnoName: 'runtime_error',
    });
    using patient = await open(server, 'slow');
    const told = async () => {
      const { begun, cancelled } = await patient.runAsync(milliseconds(-1));
      return [number(begun), number(cancelled)];
    };
    await expect.poll(told, { timeout: 60_000 }).toEqual([1, 1]);
  });

  test('a full queue is busy, once nothing is tried again', async () => {
    await using triton = await Triton.start({ models: ['busy'] });
    const server = `grpc://${triton.grpc}`;
    const sessions = await Promise.all([1, 2, 3, 4].map(() => open(server, 'busy', { retries: 0 })));
    const results = await Promise.allSettled(
      sessions.map((session) => session.runAsync(milliseconds(3000, [1, 1]))),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) expect(each).toMatchObject({ errnoName: 'busy' });
    for (const session of sessions) session[Symbol.dispose]();
  });
});

await describeWith('MLServer', { name: 'mlserver', problem: mlServerProblem }, () => {
  test('a request that is larger than MLServer takes is too large', async () => {
    await using server = await MLServer.start({ models: ['identity'] });
    using session = await open(`grpc://${server.grpc}`, 'identity');
    const pictures = (count: number) => ({
      x: tensor('f32', [count, 3, 224, 224], new Float32Array(count * 150_528)),
    });
    expect((await session.runAsync(pictures(1))).y?.shape).toEqual([1, 3, 224, 224]);
    await expect(session.runAsync(pictures(8))).rejects.toMatchObject({ errnoName: 'too_large' });
  });
});
