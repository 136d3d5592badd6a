import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The command is not on the list of allowed commands. */
export class CommandNotAllowedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_COMMAND_NOT_ALLOWED';

  static override isInstance(value: unknown): value is CommandNotAllowedError {
    return hasErrorCode(value, 'ERR_COMMAND_NOT_ALLOWED');
  }
}

/** The command is allowed but could not be started: no such program, not executable, or a name that no program can have. */
export class CommandNotStartedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_COMMAND_NOT_STARTED';

  static override isInstance(value: unknown): value is CommandNotStartedError {
    return hasErrorCode(value, 'ERR_COMMAND_NOT_STARTED');
  }
}

/** A command, or what a guest prepared for one, needs more of the host's memory than allowed. */
export class ProcessLimitError extends WasmEdgePluginsError {
  override readonly code = 'ERR_PROCESS_LIMIT';

  static override isInstance(value: unknown): value is ProcessLimitError {
    return hasErrorCode(value, 'ERR_PROCESS_LIMIT');
  }
}
