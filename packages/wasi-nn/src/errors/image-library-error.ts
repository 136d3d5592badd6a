import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The package `sharp`, which decodes images, is not here or does not load; the message has the command that installs it. */
export class ImageLibraryError extends WasmEdgePluginsError {
  override readonly code = 'ERR_IMAGE_LIBRARY';

  static override isInstance(value: unknown): value is ImageLibraryError {
    return hasErrorCode(value, 'ERR_IMAGE_LIBRARY');
  }
}
