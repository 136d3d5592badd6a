import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A file is no WasmEdge plug-in. */
export class NativePluginInvalidError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_INVALID';

  static override isInstance(value: unknown): value is NativePluginInvalidError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_INVALID');
  }
}
