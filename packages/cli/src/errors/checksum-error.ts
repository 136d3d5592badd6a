import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** What was downloaded is not what the release says, or the release does not say. */
export class ChecksumError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CHECKSUM';

  static override isInstance(value: unknown): value is ChecksumError {
    return hasErrorCode(value, 'ERR_CHECKSUM');
  }
}
