import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A lock file of native plug-ins cannot be read or written, or is not valid. */
export class PluginLockError extends WasmEdgePluginsError {
  override readonly code = 'ERR_PLUGIN_LOCK';

  static override isInstance(value: unknown): value is PluginLockError {
    return hasErrorCode(value, 'ERR_PLUGIN_LOCK');
  }
}
