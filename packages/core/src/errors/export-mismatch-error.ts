import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** An export exists, with another kind or signature than was declared. */
export class ExportMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_EXPORT_MISMATCH';

  static override isInstance(value: unknown): value is ExportMismatchError {
    return hasErrorCode(value, 'ERR_EXPORT_MISMATCH');
  }
}
