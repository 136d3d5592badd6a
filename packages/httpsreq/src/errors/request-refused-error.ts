import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The hook `onRequest` refused a request, by `false` or by the error that is the cause. Nothing was sent. */
export class RequestRefusedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_REQUEST_REFUSED';

  static override isInstance(value: unknown): value is RequestRefusedError {
    return hasErrorCode(value, 'ERR_HTTPS_REQUEST_REFUSED');
  }
}
