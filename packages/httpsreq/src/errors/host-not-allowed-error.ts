import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The host and port of a request are not among `allowHosts`. Nothing was looked up or sent. */
export class HostNotAllowedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_HOST_NOT_ALLOWED';

  static override isInstance(value: unknown): value is HostNotAllowedError {
    return hasErrorCode(value, 'ERR_HTTPS_HOST_NOT_ALLOWED');
  }
}
