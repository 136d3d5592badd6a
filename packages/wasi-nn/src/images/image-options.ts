import type { Tensor } from '../tensor.js';

/** Order of the dimensions: batch, channels, height, width; or batch, height, width, channels. */
export type ImageLayout = 'nchw' | 'nhwc';

/** The channels, in order. */
export type ImageColors = 'rgb' | 'bgr' | 'grey';

/** Options for every element type. */
export interface ImageOptions {
  /** Width of the tensor, in pixels. */
  readonly width: number;
  /** Height of the tensor, in pixels. */
  readonly height: number;
  /** Order of the dimensions. Default: `nchw`, which OpenVINO and PyTorch take; TensorFlow Lite takes `nhwc`. */
  readonly layout?: ImageLayout;
  /** The channels. Default: `rgb`. */
  readonly colors?: ImageColors;
  /**
   * How an image with different proportions is fitted. `fill`: it is stretched. `cover`: it keeps its proportions, and the excess is cut off on
   * both sides. `contain`: it keeps its proportions, with bands of background on both sides. Default: `fill`.
   */
  readonly fit?: 'fill' | 'cover' | 'contain';
  /** How pixels are interpolated when the size changes. Default: `lanczos3`. */
  readonly kernel?: 'nearest' | 'linear' | 'cubic' | 'lanczos3';
  /** Red, green and blue, each between 0 and 255, for bands and behind transparent parts. Default: black, [0, 0, 0]. */
  readonly background?: readonly [red: number, green: number, blue: number];
}

/** An image as numbers: each is `(pixel × scale − mean) ÷ std`. */
export interface FloatImageOptions extends ImageOptions {
  /** Element type. Default: `f32`. */
  readonly type?: 'f32';
  /** The factor that a pixel from 0 to 255 is multiplied by. Default: 1/255. */
  readonly scale?: number;
  /** Subtracted after scaling, in the unit that `scale` yields; one number, or one per channel in the order of `colors`. Default: 0. */
  readonly mean?: number | readonly number[];
  /** The divisor after that, without a unit; one number, or one per channel in the order of `colors`. Default: 1. */
  readonly std?: number | readonly number[];
}

/** An image as its bytes, for quantised models. */
export interface ByteImageOptions extends ImageOptions {
  /** Element type: a byte from 0 to 255 for each channel. */
  readonly type: 'u8';
  /** For `f32` only. Default: bytes stay as they are. */
  readonly scale?: never;
  /** For `f32` only. Default: bytes stay as they are. */
  readonly mean?: never;
  /** For `f32` only. Default: bytes stay as they are. */
  readonly std?: never;
}

/** The number of channels that the options yield. */
export type ImageChannelsOf<Options extends ImageOptions> = Options['colors'] extends 'grey' ? 1 : 3;
/** The element type that the options yield. */
export type ImageTypeOf<Options extends ImageOptions> = Options extends ByteImageOptions ? 'u8' : 'f32';
/** The shape that the options yield. */
export type ImageShapeOf<Options extends ImageOptions> = Options['layout'] extends 'nhwc'
  ? readonly [1, Options['height'], Options['width'], ImageChannelsOf<Options>]
  : readonly [1, ImageChannelsOf<Options>, Options['height'], Options['width']];

/** The tensor that options yield: its element type and its shape follow from them. */
export type ImageTensor<Options extends ImageOptions> = Tensor<ImageTypeOf<Options>, ImageShapeOf<Options>>;
