import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The guest used up its instruction budget. */
export class CostLimitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_COST_LIMIT';

  static override isInstance(value: unknown): value is CostLimitError {
    return hasErrorCode(value, 'ERR_COST_LIMIT');
  }
}
