import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A plug-in or a host module cannot be made again in another thread or process. */
export class CannotCrossError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CANNOT_CROSS';

  static override isInstance(value: unknown): value is CannotCrossError {
    return hasErrorCode(value, 'ERR_CANNOT_CROSS');
  }
}
