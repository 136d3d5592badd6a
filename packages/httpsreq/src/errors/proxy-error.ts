import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The proxy could not be reached or did not make the connection. */
export class ProxyError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_PROXY';

  static override isInstance(value: unknown): value is ProxyError {
    return hasErrorCode(value, 'ERR_HTTPS_PROXY');
  }
}
