import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The limits of a runtime cannot be kept: the thread that stops guests does not run. */
export class LimitsUnavailableError extends WasmEdgePluginsError {
  override readonly code = 'ERR_LIMITS_UNAVAILABLE';

  static override isInstance(value: unknown): value is LimitsUnavailableError {
    return hasErrorCode(value, 'ERR_LIMITS_UNAVAILABLE');
  }
}
