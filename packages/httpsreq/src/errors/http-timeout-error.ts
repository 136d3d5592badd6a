import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A request took longer than `connectTimeoutMs` or `timeoutMs`. */
export class HttpTimeoutError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_TIMEOUT';

  static override isInstance(value: unknown): value is HttpTimeoutError {
    return hasErrorCode(value, 'ERR_HTTPS_TIMEOUT');
  }
}
