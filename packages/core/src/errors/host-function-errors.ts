import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A host function returned something that does not fit its signature. */
export class HostFunctionResultError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HOST_FUNCTION_RESULT';

  static override isInstance(value: unknown): value is HostFunctionResultError {
    return hasErrorCode(value, 'ERR_HOST_FUNCTION_RESULT');
  }
}

/** A host function needs the memory of a guest that has none. */
export class NoMemoryError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NO_MEMORY';

  static override isInstance(value: unknown): value is NoMemoryError {
    return hasErrorCode(value, 'ERR_NO_MEMORY');
  }
}

/** A pointer and a length reach outside the guest's memory. */
export class MemoryRangeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MEMORY_RANGE';

  static override isInstance(value: unknown): value is MemoryRangeError {
    return hasErrorCode(value, 'ERR_MEMORY_RANGE');
  }
}

/** Work on the helper thread failed in a way that is not the work's own error. */
export class BlockingCallError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BLOCKING_CALL';

  static override isInstance(value: unknown): value is BlockingCallError {
    return hasErrorCode(value, 'ERR_BLOCKING_CALL');
  }
}

/** Work on the helper thread took longer than allowed. */
export class BlockingTimeoutError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BLOCKING_TIMEOUT';

  static override isInstance(value: unknown): value is BlockingTimeoutError {
    return hasErrorCode(value, 'ERR_BLOCKING_TIMEOUT');
  }
}
