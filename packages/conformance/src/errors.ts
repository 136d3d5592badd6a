import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** A suite cannot be run, ran nothing, or does not notice what it should. */
export class ConformanceError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CONFORMANCE';

  static override isInstance(value: unknown): value is ConformanceError {
    return hasErrorCode(value, 'ERR_CONFORMANCE');
  }
}
