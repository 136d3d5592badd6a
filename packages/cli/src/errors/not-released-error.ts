import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** WasmEdge released no such plug-in for the platform or the version. */
export class NotReleasedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NOT_RELEASED';

  static override isInstance(value: unknown): value is NotReleasedError {
    return hasErrorCode(value, 'ERR_NOT_RELEASED');
  }
}
