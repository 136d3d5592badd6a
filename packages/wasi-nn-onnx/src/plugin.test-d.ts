import { defineModel, type Session, tensor } from '@wasmedge-plugins/wasi-nn';
import { describe, expectTypeOf, it } from 'vitest';
import { onnx } from './index.js';

describe('onnx()', () => {
  it('takes models that are one file, and settings by name', () => {
    const right = () => [
      onnx(),
      onnx({ runtime: 'web', models: { a: { file: 'a.onnx', config: { threads: 4 } } } }),
      onnx({ models: { a: { file: new Uint8Array(), target: 'cpu' } } }),
    ];
    const wrong = () => [
      // @ts-expect-error there is no such runtime
      onnx({ runtime: 'gpu' }),
      // @ts-expect-error a model has a file
      onnx({ models: { a: {} } }),
      // @ts-expect-error a number
      onnx({ models: { a: { file: 'a.onnx', config: { threads: '4' } } } }),
      // @ts-expect-error it is threads
      onnx({ models: { a: { file: 'a.onnx', config: { thread: 4 } } } }),
      // @ts-expect-error it is target
      onnx({ models: { a: { file: 'a.onnx', targt: 'cpu' } } }),
      // @ts-expect-error it is threads
      onnx().session({ file: 'a.onnx', config: { thread: 4 } }),
      // @ts-expect-error it is config
      onnx().session({ file: 'a.onnx', confg: { threads: 4 } }),
      // @ts-expect-error there is no native plug-in
      onnx({ provider: 'native' }),
      // @ts-expect-error there is no such optimization
      onnx().session({ file: 'a.onnx', config: { optimization: 'most' } }),
      // @ts-expect-error it is runtime
      onnx({ runtim: 'web' }),
    ];
    expectTypeOf(right).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
  });

  it('gives a session that is typed by the definition of its model', () => {
    const model = defineModel({
      inputs: { image: { type: 'u8', shape: [1, 8, 8, 1] } },
      outputs: { scores: { type: 'f32', shape: [1, 3] } },
    });
    const open = () => onnx().session({ file: 'a.onnx', model });
    expectTypeOf(open).returns.resolves.toEqualTypeOf<Session<typeof model>>();
    const run = (session: Session<typeof model>) =>
      session.run({ image: tensor('u8', [1, 8, 8, 1], new Uint8Array(64)) }).scores.data;
    expectTypeOf(run).returns.toEqualTypeOf<Float32Array>();
  });
});
