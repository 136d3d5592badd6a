import type { CheckedImageOptions } from './check-image-options.js';

/** Position of each channel of the tensor among those of the pixels. */
const sources = { rgb: [0, 1, 2], bgr: [2, 1, 0], grey: [0] } as const;

/** Copies pixels of `bands` bytes each into the tensor's order, with what the options make of each. */
export function layOut(
  pixels: Uint8Array,
  bands: number,
  options: CheckedImageOptions,
): Uint8Array | Float32Array {
  const channels = sources[options.colors];
  const count = options.width * options.height;
  const values = new (options.type === 'u8' ? Uint8Array : Float32Array)(count * channels.length);
  const [channelStep, pixelStep] = options.layout === 'nchw' ? [count, 1] : [1, channels.length];
  channels.forEach((source, channel) => {
    const table = tableOf(options, channel);
    // A grey picture has one band, which is red, green and blue.
    const band = Math.min(source, bands - 1);
    for (let pixel = 0; pixel < count; pixel++) {
      values[channel * channelStep + pixel * pixelStep] = table[
        pixels[pixel * bands + band] as number
      ] as number;
    }
  });
  return values;
}

/** What each of the 256 values of a pixel becomes. */
function tableOf({ type, scale, mean, std }: CheckedImageOptions, channel: number): ArrayLike<number> {
  return Float64Array.from({ length: 256 }, (_, pixel) =>
    type === 'u8' ? pixel : (pixel * scale - (mean[channel] as number)) / (std[channel] as number),
  );
}
