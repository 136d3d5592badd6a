import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The process has another native plug-in of this name already; WasmEdge keeps the first and can unload none. */
export class NativePluginNameTakenError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_NAME_TAKEN';
  /** Name of the plug-in. */
  readonly plugin: string;
  /** The file that has the name. */
  readonly takenBy: string;

  constructor(
    message: string,
    details: { readonly plugin: string; readonly takenBy: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.plugin = details.plugin;
    this.takenBy = details.takenBy;
  }

  static override isInstance(value: unknown): value is NativePluginNameTakenError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_NAME_TAKEN');
  }
}
