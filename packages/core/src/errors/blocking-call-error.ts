import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** Work on the helper thread failed in a way that is not the work's own error. */
export class BlockingCallError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BLOCKING_CALL';

  static override isInstance(value: unknown): value is BlockingCallError {
    return hasErrorCode(value, 'ERR_BLOCKING_CALL');
  }
}
