import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** Work on the helper thread took longer than allowed. */
export class BlockingTimeoutError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BLOCKING_TIMEOUT';

  static override isInstance(value: unknown): value is BlockingTimeoutError {
    return hasErrorCode(value, 'ERR_BLOCKING_TIMEOUT');
  }
}
