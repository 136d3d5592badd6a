import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The plug-in cannot be put where it was to go. */
export class InstallTargetError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INSTALL_TARGET';

  static override isInstance(value: unknown): value is InstallTargetError {
    return hasErrorCode(value, 'ERR_INSTALL_TARGET');
  }
}
