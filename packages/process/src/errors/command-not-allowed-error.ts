import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The command is not on the list of allowed commands. */
export class CommandNotAllowedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_COMMAND_NOT_ALLOWED';

  static override isInstance(value: unknown): value is CommandNotAllowedError {
    return hasErrorCode(value, 'ERR_COMMAND_NOT_ALLOWED');
  }
}
