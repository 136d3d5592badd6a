import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import { NnErrno, type NnErrnoName } from '../nn-errno.js';

/** A model, a tensor or a call that WASI-NN answers with an error code. A guest gets the code; a caller from TypeScript this error. */
export class NnError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NN';

  constructor(
    /** The error code's name. */
    readonly errnoName: NnErrnoName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The error code's number. */
  get errno(): number {
    return NnErrno[this.errnoName];
  }

  static override isInstance(value: unknown): value is NnError {
    return hasErrorCode(value, 'ERR_NN');
  }
}
