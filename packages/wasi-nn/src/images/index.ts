export { ImageDecodeError, ImageLibraryError } from '../errors.js';
export type {
  ByteImageOptions,
  FloatImageOptions,
  ImageColors,
  ImageLayout,
  ImageOptions,
  ImageTensor,
} from './image-options.js';
export { type ImageSource, imageTensor } from './image-tensor.js';
