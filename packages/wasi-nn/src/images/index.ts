export { ImageDecodeError, ImageLibraryError } from '../errors.js';
export type {
  ByteImageOptions,
  FloatImageOptions,
  ImageChannelsOf,
  ImageColors,
  ImageLayout,
  ImageOptions,
  ImageShapeOf,
  ImageTensor,
  ImageTypeOf,
} from './image-options.js';
export { type ImageSource, imageTensor } from './image-tensor.js';
