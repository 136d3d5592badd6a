import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A host function needs the memory of a guest that has none. */
export class NoMemoryError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NO_MEMORY';

  static override isInstance(value: unknown): value is NoMemoryError {
    return hasErrorCode(value, 'ERR_NO_MEMORY');
  }
}
