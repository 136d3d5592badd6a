import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The file of a native plug-in is not where it was looked for. */
export class NativePluginNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_NOT_FOUND';
  /** Every place that was searched, in order. */
  readonly places: readonly string[];

  constructor(message: string, details: { readonly places: readonly string[] }, options?: ErrorOptions) {
    super(message, options);
    this.places = details.places;
  }

  static override isInstance(value: unknown): value is NativePluginNotFoundError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_NOT_FOUND');
  }
}
