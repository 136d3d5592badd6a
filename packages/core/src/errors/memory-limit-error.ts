import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A guest declares more memory than the runtime allows, or has more values of the host than engine `wasmedge` can keep. */
export class MemoryLimitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MEMORY_LIMIT';

  static override isInstance(value: unknown): value is MemoryLimitError {
    return hasErrorCode(value, 'ERR_MEMORY_LIMIT');
  }
}
