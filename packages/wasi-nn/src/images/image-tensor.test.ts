import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { png } from './__fixtures__/png.js';
import { ImageDecodeError, imageTensor } from './index.js';

const fixture = (name: string) => new URL(`__fixtures__/${name}`, import.meta.url);

// Two by two pixels: red, green; blue, a mixture.
const four = png('rgb', 2, [255, 0, 0, 0, 255, 0, 0, 0, 255, 51, 102, 204]);
const size = { width: 2, height: 2 } as const;

describe('the pixels of a PNG', () => {
  it('are laid out channel by channel, from 0 to 1', async () => {
    const image = await imageTensor(four, size);
    expect(image.type).toBe('f32');
    expect(image.shape).toEqual([1, 3, 2, 2]);
    const expected = [1, 0, 0, 0.2, 0, 1, 0, 0.4, 0, 0, 1, 0.8];
    expect([...image.data]).toEqual(expected.map(Math.fround));
  });

  it('are laid out pixel by pixel, as bytes', async () => {
    const image = await imageTensor(four, { ...size, layout: 'nhwc', type: 'u8' });
    expect(image.shape).toEqual([1, 2, 2, 3]);
    expect(image.data).toEqual(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 51, 102, 204));
  });

  it('are those of the bytes that were given, whatever the caller writes there later', async () => {
    const bytes = Uint8Array.from(four);
    const options = { width: 2, height: 2, type: 'u8' as 'u8' | 'f32' };
    const image = imageTensor(bytes, options as { width: 2; height: 2; type: 'u8' });
    bytes.fill(0);
    options.type = 'f32';
    expect((await image).data).toEqual(Uint8Array.of(255, 0, 0, 51, 0, 255, 0, 102, 0, 0, 255, 204));
  });

  it('change their order with the order of the colours', async () => {
    const image = await imageTensor(four, { ...size, layout: 'nhwc', type: 'u8', colors: 'bgr' });
    expect(image.data).toEqual(Uint8Array.of(0, 0, 255, 0, 255, 0, 255, 0, 0, 204, 102, 51));
  });

  it('are scaled, shifted and divided, each channel by its own numbers', async () => {
    const image = await imageTensor(four, { ...size, scale: 1, mean: [51, 102, 204], std: [2, 4, 8] });
    const pixels = [
      [255, 0, 0, 51],
      [0, 255, 0, 102],
      [0, 0, 255, 204],
    ];
    const [mean, std] = [
      [51, 102, 204],
      [2, 4, 8],
    ] as const;
    const expected = pixels.flatMap((values, channel) =>
      values.map((value) => (value - (mean[channel] as number)) / (std[channel] as number)),
    );
    expect([...image.data]).toEqual(expected);
  });

  it('take the numbers of the usual networks, to the precision of f32', async () => {
    const [mean, std] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ] as const;
    const { data } = await imageTensor(four, { ...size, mean, std });
    expect(data[0]).toBe(Math.fround((255 * (1 / 255) - 0.485) / 0.229));
    expect(data[11]).toBeCloseTo((0.8 - 0.406) / 0.225, 6);
  });

  it('of a grey image are in all three channels, and those of any image in one when asked', async () => {
    const grey = png('grey', 2, [0, 50, 100, 255]);
    const nhwc = { ...size, layout: 'nhwc', type: 'u8' } as const;
    expect((await imageTensor(grey, nhwc)).data).toEqual(
      Uint8Array.of(0, 0, 0, 50, 50, 50, 100, 100, 100, 255, 255, 255),
    );
    const one = await imageTensor(grey, { ...nhwc, colors: 'grey' });
    expect(one.shape).toEqual([1, 2, 2, 1]);
    expect(one.data).toEqual(Uint8Array.of(0, 50, 100, 255));
    const white = png('rgb', 1, [255, 255, 255]);
    expect((await imageTensor(white, { width: 1, height: 1, type: 'u8', colors: 'grey' })).data).toEqual(
      Uint8Array.of(255),
    );
  });

  it('that are transparent show the background', async () => {
    const image = png('rgba', 2, [255, 0, 0, 255, 255, 0, 0, 0]);
    const wide = { width: 2, height: 1, layout: 'nhwc', type: 'u8' } as const;
    expect((await imageTensor(image, wide)).data).toEqual(Uint8Array.of(255, 0, 0, 0, 0, 0));
    expect((await imageTensor(image, { ...wide, background: [1, 2, 3] })).data).toEqual(
      Uint8Array.of(255, 0, 0, 1, 2, 3),
    );
  });

  it('of 16 bits are taken by their upper 8', async () => {
    const image = png('rgb', 1, [0xffff, 0x8080, 0x0101], 16);
    const { data } = await imageTensor(image, { width: 1, height: 1, type: 'u8' });
    expect(data).toEqual(Uint8Array.of(255, 128, 1));
  });
});

describe('an image of another size', () => {
  // Four pixels in a row, two colours.
  const row = png('rgb', 4, [9, 9, 9, 9, 9, 9, 200, 200, 200, 200, 200, 200]);
  const bytes = { layout: 'nhwc', type: 'u8', colors: 'grey', kernel: 'nearest' } as const;

  it('is stretched', async () => {
    const { data } = await imageTensor(row, { ...bytes, width: 2, height: 2 });
    expect(data).toEqual(Uint8Array.of(9, 200, 9, 200));
  });

  it('is cut off on both sides', async () => {
    const { data } = await imageTensor(row, { ...bytes, width: 2, height: 1, fit: 'cover' });
    expect(data).toEqual(Uint8Array.of(9, 200));
  });

  it('gets bands on both sides', async () => {
    const { data } = await imageTensor(row, {
      ...bytes,
      width: 4,
      height: 3,
      fit: 'contain',
      background: [7, 7, 7],
    });
    expect(data).toEqual(Uint8Array.of(7, 7, 7, 7, 9, 9, 200, 200, 7, 7, 7, 7));
  });

  it('keeps a constant colour with every kernel', async () => {
    const image = png('rgb', 5, new Array(5 * 5 * 3).fill(77));
    for (const kernel of ['nearest', 'linear', 'cubic', 'lanczos3'] as const) {
      const { data } = await imageTensor(image, { width: 3, height: 8, type: 'u8', kernel });
      expect([...new Set(data)], kernel).toEqual([77]);
    }
  });
});

describe('a JPEG', () => {
  // Decoded by Pillow. Two decoders may round the colour transform differently, by 2 of 255 at most here.
  const { rgb } = JSON.parse(readFileSync(fixture('gradient.json'), 'utf8')) as { rgb: number[] };
  const tolerance = 2;
  const nhwc = { layout: 'nhwc', type: 'u8' } as const;

  it('has the pixels that another decoder sees', async () => {
    const { data } = await imageTensor(fixture('gradient.jpg'), { ...nhwc, width: 16, height: 8 });
    const differences = rgb.map((value, index) => Math.abs(value - (data[index] as number)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(tolerance);
  });

  it('is turned upright as its metadata says', async () => {
    const { data } = await imageTensor(fixture('turned.jpg'), { ...nhwc, width: 8, height: 16 });
    // A quarter turn to the right: the lower left pixel becomes the upper left one.
    const turned = (x: number, y: number) =>
      [0, 1, 2].map((channel) => rgb[((7 - x) * 16 + y) * 3 + channel]);
    for (const [x, y] of [
      [0, 0],
      [7, 0],
      [0, 15],
      [3, 9],
    ] as const) {
      const seen = [...data.subarray((y * 8 + x) * 3, (y * 8 + x) * 3 + 3)];
      turned(x, y).forEach((value, channel) => {
        expect(Math.abs((value as number) - (seen[channel] as number))).toBeLessThanOrEqual(tolerance);
      });
    }
  });
});

describe('what is not an image', () => {
  it.skipIf(process.platform === 'win32')('is an error when it has no end', async () => {
    await expect(imageTensor('/dev/zero', size)).rejects.toMatchObject({
      code: 'ERR_IMAGE_DECODE',
      message: expect.stringMatching(
        /^No image could be read from \/dev\/zero: it has more than the 268435456 bytes/,
      ),
    });
  });

  it('is an argument that is wrong when its bytes are gone', async () => {
    const bytes = Uint8Array.from(four);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    await expect(imageTensor(bytes, size)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(/^An image is .*Uint8Array.* whose bytes are gone/),
    });
  });

  it.each([
    ['empty', new Uint8Array()],
    ['text', new TextEncoder().encode('no image')],
    ['cut off', four.subarray(0, 40)],
    ['cut off in its pixels', readFileSync(fixture('gradient.jpg')).subarray(0, 400)],
    ['a path without a file', '/no/such/image.png'],
    ['a folder', new URL('.', import.meta.url)],
  ])('is an error when it is %s', async (_name, source) => {
    const error = await imageTensor(source, size).catch((caught: unknown) => caught);
    expect(ImageDecodeError.isInstance(error), String(error)).toBe(true);
    expect((error as Error).message).toMatch(/^No image could be read from /);
  });

  it.each([
    [{ width: 0, height: 2 }, 'The option width must be a whole number of pixels from 1 to 16384, not 0.'],
    [
      { width: 2, height: 2.5 },
      'The option height must be a whole number of pixels from 1 to 16384, not 2.5.',
    ],
    [{ ...size, layout: 'hwc' }, 'The option layout must be one of nchw, nhwc, not hwc.'],
    [{ ...size, mean: [0, 1] }, 'The option mean has 2 numbers, but the image 3 channels.'],
    [{ ...size, std: 0 }, 'The option std is a divisor and must not be 0.'],
    [{ ...size, scale: Number.NaN }, 'The option scale must be a finite number, not number.'],
    [
      { ...size, type: 'u8', mean: 1 },
      'An image of type u8 keeps its bytes unchanged; scale, mean and std are only for f32.',
    ],
    [undefined, 'The options of imageTensor() must be an object of values by name, not undefined.'],
    [
      { ...size, layuot: 'nhwc' },
      'imageTensor() has no option layuot. Did you mean layout? There are: width, height, layout, colors, fit, kernel, background, type, scale, mean, std.',
    ],
  ])('nor are options that are wrong: %j', async (options, message) => {
    await expect(imageTensor(four, options as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message,
    });
  });

  it('nor is a number', async () => {
    await expect(imageTensor(1 as never, size)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: 'An image must be a path, a file URL or bytes, not number.',
    });
  });
});
