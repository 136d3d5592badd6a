import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describeType } from '../describe-type.js';
import type { ByteImageOptions, FloatImageOptions } from './image-options.js';

const choices = {
  layout: ['nchw', 'nhwc'],
  colors: ['rgb', 'bgr', 'grey'],
  type: ['f32', 'u8'],
  fit: ['fill', 'cover', 'contain'],
  kernel: ['nearest', 'linear', 'cubic', 'lanczos3'],
} as const;

const known = {
  width: true,
  height: true,
  layout: true,
  colors: true,
  fit: true,
  kernel: true,
  background: true,
  type: true,
  scale: true,
  mean: true,
  std: true,
} as const;

/** Most pixels along a side: a tensor of that size has 3 GiB in f32. */
const longestSide = 16_384;

/** Options with their defaults, one mean and one divisor per channel. */
export interface CheckedImageOptions {
  readonly width: number;
  readonly height: number;
  readonly layout: (typeof choices.layout)[number];
  readonly colors: (typeof choices.colors)[number];
  readonly type: (typeof choices.type)[number];
  readonly fit: (typeof choices.fit)[number];
  readonly kernel: (typeof choices.kernel)[number];
  readonly background: readonly number[];
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** @throws {InvalidArgumentError} when an option has a wrong type or value. */
export function checkImageOptions(options: FloatImageOptions | ByteImageOptions): CheckedImageOptions {
  checkOptionNames<FloatImageOptions>('imageTensor()', options, known);
  const given = options as FloatImageOptions & { type?: unknown };
  const colors = choose('colors', given.colors ?? 'rgb');
  const channels = colors === 'grey' ? 1 : 3;
  const type = choose('type', given.type ?? 'f32');
  if (type === 'u8' && (given.scale ?? given.mean ?? given.std) !== undefined) {
    throw new InvalidArgumentError(
      'An image of type u8 keeps its bytes unchanged; scale, mean and std are only for f32.',
    );
  }
  const std = perChannel('std', given.std ?? 1, channels);
  if (std.includes(0)) throw new InvalidArgumentError('The option std is a divisor and must not be 0.');
  return {
    width: side('width', given.width),
    height: side('height', given.height),
    layout: choose('layout', given.layout ?? 'nchw'),
    colors,
    type,
    fit: choose('fit', given.fit ?? 'fill'),
    kernel: choose('kernel', given.kernel ?? 'lanczos3'),
    background: perChannel('background', given.background ?? 0, 3),
    scale: finite('scale', given.scale ?? 1 / 255),
    mean: perChannel('mean', given.mean ?? 0, channels),
    std,
  };
}

function choose<Name extends keyof typeof choices>(
  name: Name,
  value: unknown,
): (typeof choices)[Name][number] {
  const known: readonly unknown[] = choices[name];
  if (known.includes(value)) return value as (typeof choices)[Name][number];
  throw new InvalidArgumentError(
    `The option ${name} must be one of ${known.join(', ')}, not ${String(value)}.`,
  );
}

function side(name: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) > 0 && (value as number) <= longestSide)
    return value as number;
  throw new InvalidArgumentError(
    `The option ${name} must be a whole number of pixels from 1 to ${longestSide}, not ${String(value)}.`,
  );
}

function finite(name: string, value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  throw new InvalidArgumentError(`The option ${name} must be a finite number, not ${describeType(value)}.`);
}

function perChannel(name: string, value: unknown, channels: number): readonly number[] {
  if (!Array.isArray(value)) return new Array(channels).fill(finite(name, value));
  if (value.length !== channels) {
    throw new InvalidArgumentError(
      `The option ${name} has ${value.length} numbers, but the image ${channels} channels.`,
    );
  }
  return value.map((each) => finite(name, each));
}
