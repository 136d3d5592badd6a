import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** WasmEdge did not take a native plug-in. */
export class NativePluginLoadError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_LOAD';

  static override isInstance(value: unknown): value is NativePluginLoadError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_LOAD');
  }
}
