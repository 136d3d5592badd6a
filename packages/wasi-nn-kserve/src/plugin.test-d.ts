import { createRuntime } from '@wasmedge-plugins/core';
import { defineModel, tensor } from '@wasmedge-plugins/wasi-nn';
import { describe, expectTypeOf, it } from 'vitest';
import { type KServeModel, type KServeSession, kserve } from './index.js';

const road: KServeModel = { servers: ['grpc://localhost:8001'], model: 'road' };

describe('kserve()', () => {
  it('takes models on servers', () => {
    const right = () => [
      kserve(),
      kserve({
        models: { road, other: { servers: [['grpc://a:1', 'http://a:2']], model: 'x', version: '2' } },
      }),
      kserve({ models: { a: { ...road, inputs: [{ name: 'x', dataType: 'FP32', shape: [-1, 3] }] } } }),
      kserve({ models: { a: { ...road, credentials: async () => ({ authorization: 'x' }) } }, maxGraphs: 4 }),
      createRuntime({ plugins: [kserve({ models: { road } })] }),
    ];
    const wrong = () => [
      // @ts-expect-error a model has servers
      kserve({ models: { a: { model: 'x' } } }),
      // @ts-expect-error there is no such data type
      kserve({ models: { a: { ...road, inputs: [{ name: 'x', dataType: 'f32' }] } } }),
      // @ts-expect-error it is timeoutMs
      kserve({ models: { a: { ...road, timeoutMS: 5 } } }),
      // @ts-expect-error it is shape
      kserve({ models: { a: { ...road, inputs: [{ name: 'x', shapes: [1] }] } } }),
      // @ts-expect-error it is ca
      kserve({ models: { a: { ...road, tls: { caa: 'x' } } } }),
      // @ts-expect-error it is model
      kserve({ models: { road } }).session({ name: 'road', modl: {} }),
      // @ts-expect-error its models are not files
      kserve({ preload: [] }),
      // @ts-expect-error a function
      kserve({ models: { a: { ...road, credentials: { authorization: 'x' } } } }),
    ];
    expectTypeOf(right).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
  });

  it('knows the names of its models, and types a session by the definition of one', () => {
    const model = defineModel({
      inputs: { image: { type: 'f32', shape: [-1, 3] } },
      outputs: { scores: { type: 'f32', shape: [-1, 5] } },
    });
    const plugin = () => kserve({ models: { road, other: road } });
    const open = () => plugin().session({ name: 'road', model });
    expectTypeOf(open).returns.resolves.toEqualTypeOf<KServeSession<typeof model>>();
    const untyped = () => plugin().session({ name: 'other' });
    expectTypeOf(untyped).returns.resolves.toEqualTypeOf<KServeSession>();
    // @ts-expect-error there is no such model
    const unknown = () => plugin().session({ name: 'raod' });
    expectTypeOf(unknown).toBeFunction();
    const run = async (session: KServeSession<typeof model>) => {
      const { scores } = await session.runAsync({ image: tensor('f32', [1, 3], new Float32Array(3)) });
      return scores.data;
    };
    expectTypeOf(run).returns.resolves.toEqualTypeOf<Float32Array>();
    // @ts-expect-error it would wait in this thread
    const wait = (session: KServeSession<typeof model>) => session.run({});
    expectTypeOf(wait).toBeFunction();
  });
});
