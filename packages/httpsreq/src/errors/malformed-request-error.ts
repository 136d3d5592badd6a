import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** What was to be sent is not exactly one HTTP/1 request. Nothing was sent. */
export class MalformedRequestError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_MALFORMED_REQUEST';

  static override isInstance(value: unknown): value is MalformedRequestError {
    return hasErrorCode(value, 'ERR_HTTPS_MALFORMED_REQUEST');
  }
}
