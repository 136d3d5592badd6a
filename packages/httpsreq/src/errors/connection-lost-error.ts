import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The connection ended before the response was complete. */
export class ConnectionLostError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_CONNECTION_LOST';

  static override isInstance(value: unknown): value is ConnectionLostError {
    return hasErrorCode(value, 'ERR_HTTPS_CONNECTION_LOST');
  }
}
