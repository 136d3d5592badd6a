import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, readBoundedFileLater, refuseLostBytes } from '@wasmedge-plugins/core';
import { describeType } from '../describe-type.js';
import { ImageDecodeError } from '../errors.js';
import { tensor } from '../tensor.js';
import { type CheckedImageOptions, checkImageOptions } from './check-image-options.js';
import type { ByteImageOptions, FloatImageOptions, ImageTensor } from './image-options.js';
import { layOut } from './lay-out.js';
import { loadSharp } from './load-sharp.js';

/** More than a file of the largest image that sharp decodes has, in any format that is common. */
const maxImageBytes = 2 ** 28;

/** An image: its path or file URL, or the bytes of its file. */
export type ImageSource = string | URL | Uint8Array;

/**
 * Decodes an image, upright as its metadata says, resizes it, and lays it out as a tensor of one image. Transparent parts are placed on
 * the background; 16-bit channels become 8-bit ones. It accepts the formats that `sharp` reads: JPEG, PNG, WebP, AVIF, GIF (the first
 * frame), TIFF. A file may have up to 256 MiB.
 *
 * @throws {InvalidArgumentError} when the source or an option has a wrong type or value.
 * @throws {ImageLibraryError} when the package `sharp` is not installed.
 * @throws {ImageDecodeError} when the source cannot be read as an image.
 * @example const image = await imageTensor('road.jpg', { width: 224, height: 224, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
 */
export async function imageTensor<const Options extends FloatImageOptions | ByteImageOptions>(
  source: ImageSource,
  options: Options,
): Promise<ImageTensor<Options>> {
  const checked = checkImageOptions(options);
  const { pixels, bands } = await decode(source, checked);
  const data = layOut(pixels, bands, checked);
  const { width, height, layout, colors, type } = checked;
  const channels = colors === 'grey' ? 1 : 3;
  const shape = layout === 'nchw' ? [1, channels, height, width] : [1, height, width, channels];
  return tensor(type, shape, data as never) as unknown as ImageTensor<Options>;
}

async function decode(source: ImageSource, options: CheckedImageOptions) {
  // A copy, before anything is waited for: the caller may use the bytes' memory for something else.
  const input = inputOf(source);
  const open = await loadSharp();
  const { width, height, fit, kernel } = options;
  const [r = 0, g = 0, b = 0] = options.background;
  const background = { r, g, b };
  try {
    const file =
      typeof input === 'string' ? await readBoundedFileLater(input, { maxBytes: maxImageBytes }) : input;
    const { data, info } = await open(file)
      .autoOrient()
      .flatten({ background })
      .resize(width, height, { fit, kernel, background, fastShrinkOnLoad: false })
      .toColourspace(options.colors === 'grey' ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { pixels: data, bands: info.channels };
  } catch (cause) {
    const name = typeof input === 'string' ? input : `${input.byteLength} bytes`;
    throw new ImageDecodeError(`No image could be read from ${name}: ${(cause as Error).message}`, { cause });
  }
}

function inputOf(source: ImageSource): string | Uint8Array {
  if (typeof source === 'string') return source;
  if (source instanceof Uint8Array) {
    refuseLostBytes('An image', source);
    return Uint8Array.from(source);
  }
  if (source instanceof URL) return fileURLToPath(source);
  throw new InvalidArgumentError(
    `An image must be a path, a file URL or bytes, not ${describeType(source)}.`,
  );
}
