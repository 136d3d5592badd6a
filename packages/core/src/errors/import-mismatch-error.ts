import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** An import of the guest and the function that would serve it have different signatures. */
export class ImportMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_IMPORT_MISMATCH';

  static override isInstance(value: unknown): value is ImportMismatchError {
    return hasErrorCode(value, 'ERR_IMPORT_MISMATCH');
  }
}
