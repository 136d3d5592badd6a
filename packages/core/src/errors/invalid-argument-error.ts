import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** An option or an argument has the wrong type or an impossible value. */
export class InvalidArgumentError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INVALID_ARGUMENT';

  static override isInstance(value: unknown): value is InvalidArgumentError {
    return hasErrorCode(value, 'ERR_INVALID_ARGUMENT');
  }
}
