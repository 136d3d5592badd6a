import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The guest does not export what was asked for. */
export class UnknownExportError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNKNOWN_EXPORT';

  static override isInstance(value: unknown): value is UnknownExportError {
    return hasErrorCode(value, 'ERR_UNKNOWN_EXPORT');
  }
}
