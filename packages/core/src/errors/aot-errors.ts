import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/**
 * Why a guest could not be compiled ahead of time: `no compiler` (this libwasmedge was built without one), `memory` or `time` (the compiler
 * needed more than allowed), `crash` (it ended its process), `refused` (it does not accept the guest), `not started` (its process could not be
 * started).
 */
export type GuestCompileFailure = 'no compiler' | 'memory' | 'time' | 'crash' | 'refused' | 'not started';

/** A guest could not be compiled ahead of time. It can still be interpreted. */
export class GuestCompileError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_COMPILE';
  /** Why. */
  readonly failure: GuestCompileFailure;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param failure why.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, failure: GuestCompileFailure, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }

  static override isInstance(value: unknown): value is GuestCompileError {
    return hasErrorCode(value, 'ERR_GUEST_COMPILE');
  }
}

/** The folder of compiled code is refused: other users can write to it, so it might contain native code of theirs. */
export class AotCacheError extends WasmEdgePluginsError {
  override readonly code = 'ERR_AOT_CACHE';
  /** The folder or file that other users can write to. */
  readonly path: string;

  /**
   * Makes the error.
   *
   * @param message what is wrong, and what to do next.
   * @param path the folder or file that other users can write to.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }

  static override isInstance(value: unknown): value is AotCacheError {
    return hasErrorCode(value, 'ERR_AOT_CACHE');
  }
}
