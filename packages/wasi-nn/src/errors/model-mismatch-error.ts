import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A model is not what its definition says. */
export class ModelMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MODEL_MISMATCH';

  static override isInstance(value: unknown): value is ModelMismatchError {
    return hasErrorCode(value, 'ERR_MODEL_MISMATCH');
  }
}
