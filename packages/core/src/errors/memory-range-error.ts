import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A pointer and a length reach outside the guest's memory. */
export class MemoryRangeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MEMORY_RANGE';

  static override isInstance(value: unknown): value is MemoryRangeError {
    return hasErrorCode(value, 'ERR_MEMORY_RANGE');
  }
}
