import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** Two plug-ins, host modules or registered guests have the same name. */
export class DuplicateNameError extends WasmEdgePluginsError {
  override readonly code = 'ERR_DUPLICATE_NAME';

  static override isInstance(value: unknown): value is DuplicateNameError {
    return hasErrorCode(value, 'ERR_DUPLICATE_NAME');
  }
}
