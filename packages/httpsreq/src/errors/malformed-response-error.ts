import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** What the server sent is no HTTP/1 response; the cause is the error of the parser. */
export class MalformedResponseError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_MALFORMED_RESPONSE';

  static override isInstance(value: unknown): value is MalformedResponseError {
    return hasErrorCode(value, 'ERR_HTTPS_MALFORMED_RESPONSE');
  }
}
