import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A native plug-in is built for another platform or processor. */
export class NativePluginArchitectureError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_ARCHITECTURE';
  /** What this process loads, such as `linux x64`. */
  readonly wanted: string;
  /** What the file has. */
  readonly found: readonly string[];

  constructor(
    message: string,
    details: { readonly wanted: string; readonly found: readonly string[] },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.wanted = details.wanted;
    this.found = details.found;
  }

  static override isInstance(value: unknown): value is NativePluginArchitectureError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_ARCHITECTURE');
  }
}
