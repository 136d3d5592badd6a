import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The chosen engine cannot do what was asked for. */
export class UnsupportedByEngineError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNSUPPORTED_BY_ENGINE';

  static override isInstance(value: unknown): value is UnsupportedByEngineError {
    return hasErrorCode(value, 'ERR_UNSUPPORTED_BY_ENGINE');
  }
}
