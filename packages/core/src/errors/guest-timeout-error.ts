import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The guest ran longer than it may. */
export class GuestTimeoutError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_TIMEOUT';

  static override isInstance(value: unknown): value is GuestTimeoutError {
    return hasErrorCode(value, 'ERR_GUEST_TIMEOUT');
  }
}
