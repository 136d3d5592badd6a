import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A native plug-in is built for another plug-in API than that of the libwasmedge in use. */
export class NativePluginVersionError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_VERSION';
  /** Of the file. */
  readonly pluginApiVersion: number;
  /** Of the libwasmedge. */
  readonly libraryApiVersion: number;

  constructor(
    message: string,
    details: { readonly pluginApiVersion: number; readonly libraryApiVersion: number },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.pluginApiVersion = details.pluginApiVersion;
    this.libraryApiVersion = details.libraryApiVersion;
  }

  static override isInstance(value: unknown): value is NativePluginVersionError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_VERSION');
  }
}
