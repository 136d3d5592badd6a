import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The look-up of a name failed or gave no address; the cause is the error of the system. */
export class HostNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_HOST_NOT_FOUND';

  static override isInstance(value: unknown): value is HostNotFoundError {
    return hasErrorCode(value, 'ERR_HTTPS_HOST_NOT_FOUND');
  }
}
