export { ImageDecodeError } from '../errors/image-decode-error.js';
export { ImageLibraryError } from '../errors/image-library-error.js';
export type {
  ByteImageOptions,
  FloatImageOptions,
  ImageColors,
  ImageLayout,
  ImageOptions,
  ImageTensor,
} from './image-options.js';
export { type ImageSource, imageTensor } from './image-tensor.js';
