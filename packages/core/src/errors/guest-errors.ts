import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The file of a guest is missing or cannot be read. */
export class GuestNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_NOT_FOUND';

  static override isInstance(value: unknown): value is GuestNotFoundError {
    return hasErrorCode(value, 'ERR_GUEST_NOT_FOUND');
  }
}

/** The bytes are not a valid WebAssembly module: truncated, another format, or refused by validation. */
export class InvalidGuestError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INVALID_GUEST';

  static override isInstance(value: unknown): value is InvalidGuestError {
    return hasErrorCode(value, 'ERR_INVALID_GUEST');
  }
}

/**
 * Why a guest trapped, in the same words on every engine. V8 is less precise in two cases: it says `indirect call type mismatch`
 * for an uninitialized element too, and `invalid conversion to integer` also for a float that is too large.
 */
export type TrapKind =
  | 'unreachable'
  | 'memory out of bounds'
  | 'table out of bounds'
  | 'integer divide by zero'
  | 'integer overflow'
  | 'invalid conversion to integer'
  | 'indirect call type mismatch'
  | 'uninitialized element'
  | 'stack exhausted'
  | 'uncaught exception'
  | 'null reference'
  | 'cast failure'
  | 'array out of bounds'
  | 'array too large'
  | 'unaligned atomic'
  | 'expected shared memory'
  | 'other';

/** The guest trapped: it did something that WebAssembly does not define. */
export class GuestTrapError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_TRAP';
  /** The kind of trap, the same on every engine. */
  readonly trap: TrapKind;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, trap: TrapKind, options?: ErrorOptions) {
    super(message, options);
    this.trap = trap;
  }

  static override isInstance(value: unknown): value is GuestTrapError {
    return hasErrorCode(value, 'ERR_GUEST_TRAP');
  }
}

/** The guest ended itself with WASI's `proc_exit` while one of its exports was being called. `Runtime.run` turns it into its result. */
export class GuestExitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_EXIT';
  /** The exit code that the guest passed to `proc_exit`, from 0 to 2^32 - 1. */
  readonly exitCode: number;

  /**
   * Makes the error, with its message.
   *
   * @param exitCode the exit code that the guest passed to `proc_exit`.
   */
  constructor(exitCode: number) {
    super(`The guest exited with code ${exitCode}; call it with runtime.run() to get the code as a result.`);
    this.exitCode = exitCode;
  }

  static override isInstance(value: unknown): value is GuestExitError {
    return hasErrorCode(value, 'ERR_GUEST_EXIT');
  }
}

/** The guest ran longer than allowed. */
export class GuestTimeoutError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_TIMEOUT';

  static override isInstance(value: unknown): value is GuestTimeoutError {
    return hasErrorCode(value, 'ERR_GUEST_TIMEOUT');
  }
}

/** The call was ended by its `AbortSignal`, before it began or while it ran; `cause` is the signal's reason. */
export class GuestAbortError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_ABORT';
  /** `AbortError`, as everywhere in Node.js when a signal ends something. */
  override readonly name = 'AbortError';

  static override isInstance(value: unknown): value is GuestAbortError {
    return hasErrorCode(value, 'ERR_GUEST_ABORT');
  }
}

/** The guest used up its instruction budget. */
export class CostLimitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_COST_LIMIT';

  static override isInstance(value: unknown): value is CostLimitError {
    return hasErrorCode(value, 'ERR_COST_LIMIT');
  }
}

/** A guest declares more memory than the runtime allows, or holds more host values than engine `wasmedge` can keep. */
export class MemoryLimitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MEMORY_LIMIT';

  static override isInstance(value: unknown): value is MemoryLimitError {
    return hasErrorCode(value, 'ERR_MEMORY_LIMIT');
  }
}
