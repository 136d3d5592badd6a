import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** Something was used after it had been disposed. */
export class DisposedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_DISPOSED';

  static override isInstance(value: unknown): value is DisposedError {
    return hasErrorCode(value, 'ERR_DISPOSED');
  }
}
