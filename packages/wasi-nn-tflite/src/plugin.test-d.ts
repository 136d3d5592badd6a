import { defineModel, type Session, tensor } from '@wasmedge-plugins/wasi-nn';
import { describe, expectTypeOf, it } from 'vitest';
import { tflite } from './index.js';

describe('tflite()', () => {
  it('takes models that are one file, and settings by name', () => {
    const right = () => [
      tflite(),
      tflite({ runtime: 'litert', models: { a: { file: 'a.tflite', config: { threads: 4 } } } }),
      tflite({ models: { a: { file: new Uint8Array(), target: 'cpu' } } }),
    ];
    const wrong = () => [
      // @ts-expect-error there is no such runtime
      tflite({ runtime: 'gpu' }),
      // @ts-expect-error a model has a file
      tflite({ models: { a: {} } }),
      // @ts-expect-error a number
      tflite({ models: { a: { file: 'a.tflite', config: { threads: '4' } } } }),
      // @ts-expect-error it is threads
      tflite({ models: { a: { file: 'a.tflite', config: { thread: 4 } } } }),
      // @ts-expect-error it is target
      tflite({ models: { a: { file: 'a.tflite', targt: 'cpu' } } }),
      // @ts-expect-error it is threads
      tflite().session({ file: 'a.tflite', config: { thread: 4 } }),
      // @ts-expect-error it is config
      tflite().session({ file: 'a.tflite', confg: { threads: 4 } }),
      // @ts-expect-error it is runtime
      tflite({ runtim: 'litert' }),
    ];
    expectTypeOf(right).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
  });

  it('gives a session that is typed by the definition of its model', () => {
    const model = defineModel({
      inputs: { image: { type: 'u8', shape: [1, 8, 8, 1] } },
      outputs: { scores: { type: 'f32', shape: [1, 3] } },
    });
    const open = () => tflite().session({ file: 'a.tflite', model });
    expectTypeOf(open).returns.resolves.toEqualTypeOf<Session<typeof model>>();
    const run = (session: Session<typeof model>) =>
      session.run({ image: tensor('u8', [1, 8, 8, 1], new Uint8Array(64)) }).scores.data;
    expectTypeOf(run).returns.toEqualTypeOf<Float32Array>();
  });
});
