import { createPool } from '@wasmedge-plugins/core';
import { defineModel, pooledSession, type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { describe, expect, it } from 'vitest';
import { answersOf, modelBytes, modelUrl } from '../conformance/models.js';
import { tflite } from './plugin.js';

const model = defineModel({
  inputs: { a: { type: 'i64', shape: [3] }, b: { type: 'i64', shape: [3] } },
  outputs: { sum: { type: 'i64', shape: [3] } },
});

describe.each(['worker', 'process'] as const)('a session in a pool of placement %s', (placement) => {
  it('computes in every member, and in those that take the place of others', async () => {
    await using pool = createPool({ placement, size: 2, maxCallsPerMember: 3 });
    const plugin = tflite({ runtime: 'litert' });
    await using session = await pooledSession(pool, plugin, { file: modelUrl('add-i64'), model });
    expect(session.inputs?.map(({ name }) => name)).toEqual(['a', 'b']);
    const ones = tensor('i64', [3], BigInt64Array.of(1n, 1n, 1n));
    const sums = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const b = tensor('i64', [3], BigInt64Array.of(BigInt(index), 2n, 3n));
        const { sum } = await session.run({ a: ones, b });
        return [...sum.data];
      }),
    );
    expect(sums).toEqual(sums.map((_, index) => [BigInt(index) + 1n, 3n, 4n]));
    await expect(session.run({ a: ones } as never)).rejects.toThrow('The input b is missing.');
  });

  it('takes a model as bytes, and refuses what is none', async () => {
    await using pool = createPool({ placement, size: 1 });
    const plugin = tflite({ runtime: 'litert' });
    await expect(pooledSession(pool, plugin, { file: new Uint8Array(64) })).rejects.toMatchObject({
      code: 'ERR_NN',
      errnoName: 'invalid_argument',
    });
    await using session = await pooledSession(pool, plugin, { file: Uint8Array.from(modelBytes('add')) });
    const answer = answersOf('add')[0];
    const outputs = Object.values(await session.run(answer?.inputs as readonly Tensor[]));
    expect(outputs.map(({ data }) => data)).toEqual(answer?.outputs.map(({ data }) => data));
  });
});
