import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A response is larger than `maxResponseBytes`. */
export class ResponseTooLargeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_RESPONSE_TOO_LARGE';

  static override isInstance(value: unknown): value is ResponseTooLargeError {
    return hasErrorCode(value, 'ERR_HTTPS_RESPONSE_TOO_LARGE');
  }
}
