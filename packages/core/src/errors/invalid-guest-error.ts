import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The bytes are not a valid WebAssembly module: truncated, another format, or refused by validation. */
export class InvalidGuestError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INVALID_GUEST';

  static override isInstance(value: unknown): value is InvalidGuestError {
    return hasErrorCode(value, 'ERR_INVALID_GUEST');
  }
}
