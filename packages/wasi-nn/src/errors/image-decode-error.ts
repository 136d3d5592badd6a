import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A file or bytes could not be read as an image; the cause is the decoder's error. */
export class ImageDecodeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_IMAGE_DECODE';

  static override isInstance(value: unknown): value is ImageDecodeError {
    return hasErrorCode(value, 'ERR_IMAGE_DECODE');
  }
}
