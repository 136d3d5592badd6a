import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The host is allowed but has only addresses that are not public and not allowed. Nothing was sent. */
export class AddressNotAllowedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_ADDRESS_NOT_ALLOWED';

  static override isInstance(value: unknown): value is AddressNotAllowedError {
    return hasErrorCode(value, 'ERR_HTTPS_ADDRESS_NOT_ALLOWED');
  }
}
