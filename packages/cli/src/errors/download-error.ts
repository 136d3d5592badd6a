import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A file could not be downloaded: refused, interrupted, too slow or too large. */
export class DownloadError extends WasmEdgePluginsError {
  override readonly code = 'ERR_DOWNLOAD';

  static override isInstance(value: unknown): value is DownloadError {
    return hasErrorCode(value, 'ERR_DOWNLOAD');
  }
}
