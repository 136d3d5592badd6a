import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The library that a backend runs on is not here; the message says where it was looked for and what installs it. */
export class BackendUnavailableError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BACKEND_UNAVAILABLE';

  static override isInstance(value: unknown): value is BackendUnavailableError {
    return hasErrorCode(value, 'ERR_BACKEND_UNAVAILABLE');
  }
}
