import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A request is larger than `maxRequestBytes`. Nothing was sent. */
export class RequestTooLargeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_REQUEST_TOO_LARGE';

  static override isInstance(value: unknown): value is RequestTooLargeError {
    return hasErrorCode(value, 'ERR_HTTPS_REQUEST_TOO_LARGE');
  }
}
