import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The command is allowed but could not be started: no such program, not executable, or a name that no program can have. */
export class CommandNotStartedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_COMMAND_NOT_STARTED';

  static override isInstance(value: unknown): value is CommandNotStartedError {
    return hasErrorCode(value, 'ERR_COMMAND_NOT_STARTED');
  }
}
