import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** No connection could be made to any address of the host; the cause is the error of the system, or an `AggregateError` of several. */
export class ConnectError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_CONNECT';

  static override isInstance(value: unknown): value is ConnectError {
    return hasErrorCode(value, 'ERR_HTTPS_CONNECT');
  }
}
