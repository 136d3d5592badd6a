import { expectTypeOf, it } from 'vitest';
import type { Tensor } from '../tensor.js';
import { imageTensor } from './index.js';

it('ties the type and the shape of a tensor to the options', async () => {
  const image = await imageTensor('x.jpg', { width: 320, height: 240 });
  expectTypeOf(image).toEqualTypeOf<Tensor<'f32', readonly [1, 3, 240, 320]>>();
  const bytes = await imageTensor('x.jpg', {
    width: 4,
    height: 2,
    type: 'u8',
    layout: 'nhwc',
    colors: 'grey',
  });
  expectTypeOf(bytes).toEqualTypeOf<Tensor<'u8', readonly [1, 2, 4, 1]>>();
  expectTypeOf(bytes.data).toExtend<Uint8Array>();
  const width = 4 as number;
  expectTypeOf((await imageTensor('x.jpg', { width, height: 2 })).shape).toEqualTypeOf<
    readonly [1, 3, 2, number]
  >();
});

it('refuses what does not fit', () => {
  // @ts-expect-error the height is missing
  void imageTensor('x.jpg', { width: 4 });
  // @ts-expect-error there is no such layout
  void imageTensor('x.jpg', { width: 4, height: 4, layout: 'hwc' });
  // @ts-expect-error bytes are not scaled
  void imageTensor('x.jpg', { width: 4, height: 4, type: 'u8', mean: 0.5 });
});
