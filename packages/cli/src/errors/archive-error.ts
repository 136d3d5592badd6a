import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** An archive is broken, has entries that are refused, or has not the plug-in in it. */
export class ArchiveError extends WasmEdgePluginsError {
  override readonly code = 'ERR_ARCHIVE';

  static override isInstance(value: unknown): value is ArchiveError {
    return hasErrorCode(value, 'ERR_ARCHIVE');
  }
}
