import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** An option or an argument has the wrong type or an impossible value. */
export class InvalidArgumentError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INVALID_ARGUMENT';

  static override isInstance(value: unknown): value is InvalidArgumentError {
    return hasErrorCode(value, 'ERR_INVALID_ARGUMENT');
  }
}

/** Two plug-ins, host modules or registered guests have the same name. */
export class DuplicateNameError extends WasmEdgePluginsError {
  override readonly code = 'ERR_DUPLICATE_NAME';

  static override isInstance(value: unknown): value is DuplicateNameError {
    return hasErrorCode(value, 'ERR_DUPLICATE_NAME');
  }
}

/** The chosen engine cannot do what was asked for. */
export class UnsupportedByEngineError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNSUPPORTED_BY_ENGINE';

  static override isInstance(value: unknown): value is UnsupportedByEngineError {
    return hasErrorCode(value, 'ERR_UNSUPPORTED_BY_ENGINE');
  }
}

/** Compiled code would endanger this process, since Node.js was started without the options that keep it and V8 apart. */
export class UnsafeAotError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNSAFE_AOT';

  static override isInstance(value: unknown): value is UnsafeAotError {
    return hasErrorCode(value, 'ERR_UNSAFE_AOT');
  }
}

/** A runtime's limits cannot be enforced: the thread that stops guests is not running. */
export class LimitsUnavailableError extends WasmEdgePluginsError {
  override readonly code = 'ERR_LIMITS_UNAVAILABLE';

  static override isInstance(value: unknown): value is LimitsUnavailableError {
    return hasErrorCode(value, 'ERR_LIMITS_UNAVAILABLE');
  }
}

/** Something was used after it had been disposed. */
export class DisposedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_DISPOSED';

  static override isInstance(value: unknown): value is DisposedError {
    return hasErrorCode(value, 'ERR_DISPOSED');
  }
}
