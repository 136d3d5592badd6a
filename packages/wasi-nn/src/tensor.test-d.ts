import { describe, expectTypeOf, it } from 'vitest';
import { defineModel, type Session, type Tensor, tensor, zeros } from './index.js';

describe('tensor', () => {
  it('keeps type and shape', () => {
    const image = tensor('f32', [1, 3, 2, 2], new Float32Array(12));
    expectTypeOf(image).toEqualTypeOf<Tensor<'f32', readonly [1, 3, 2, 2]>>();
    expectTypeOf(image.data).toEqualTypeOf<Float32Array>();
    expectTypeOf(zeros('i64', [2]).data).toEqualTypeOf<BigInt64Array>();
    // @ts-expect-error f32 is held in a Float32Array
    tensor('f32', [1], new Float64Array(1));
    // @ts-expect-error there is no such type
    tensor('f8', [1], new Uint8Array(1));
  });
});

describe('a session of a defined model', () => {
  const model = defineModel({
    inputs: { image: { type: 'f32', shape: [-1, 4] }, mask: { type: 'u8', shape: [2] } },
    outputs: { scores: { type: 'i64', shape: [2, 10] } },
  });
  const session = null as unknown as Session<typeof model>;
  const image = tensor('f32', [7, 4], new Float32Array(28));
  const mask = tensor('u8', [2], new Uint8Array(2));

  it('takes the inputs of the definition, and no others', () => {
    const run = () => session.run({ image, mask });
    expectTypeOf(run).returns.toEqualTypeOf<{ readonly scores: Tensor<'i64', readonly [2, 10]> }>();
    const wrong = () => {
      // @ts-expect-error an input is missing
      session.run({ image });
      // @ts-expect-error another element type
      session.run({ image, mask: tensor('i8', [2], new Int8Array(2)) });
      // @ts-expect-error another shape
      session.run({ image: tensor('f32', [7, 5], new Float32Array(35)), mask });
      // @ts-expect-error there is no such output
      run().labels;
    };
    expectTypeOf(wrong).toBeFunction();
  });

  it('without a definition takes and gives tensors by name', () => {
    const any = null as unknown as Session;
    const run = () => [any.run({ anything: image }).anything, any.run([image])];
    expectTypeOf(run).toBeFunction();
    expectTypeOf(any.run).returns.toEqualTypeOf<Readonly<Record<string, Tensor>>>();
  });
});
