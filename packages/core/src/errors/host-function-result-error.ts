import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A host function returned something that does not fit its signature. */
export class HostFunctionResultError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HOST_FUNCTION_RESULT';

  static override isInstance(value: unknown): value is HostFunctionResultError {
    return hasErrorCode(value, 'ERR_HOST_FUNCTION_RESULT');
  }
}
