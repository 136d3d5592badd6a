import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The guest ended itself with WASI's `proc_exit` inside a call of one of its exports. `Runtime.run` turns it into its result. */
export class GuestExitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_EXIT';
  /** What the guest passed to `proc_exit`. */
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(
      `The guest ended itself with exit code ${exitCode}; call it with runtime.run() to get the code as a result.`,
    );
    this.exitCode = exitCode;
  }

  static override isInstance(value: unknown): value is GuestExitError {
    return hasErrorCode(value, 'ERR_GUEST_EXIT');
  }
}
