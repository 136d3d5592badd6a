import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A command, or what a guest prepared for one, needs more memory of the host than was allowed. */
export class ProcessLimitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_PROCESS_LIMIT';

  static override isInstance(value: unknown): value is ProcessLimitError {
    return hasErrorCode(value, 'ERR_PROCESS_LIMIT');
  }
}
