import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A native plug-in needs a library, a version of one, or a symbol that is not here. */
export class NativePluginDependencyError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_DEPENDENCY';
  /** What is missing: `libfoo.so.1`, `GLIBC_2.38 of libc.so.6`, or the name of a symbol. */
  readonly missing: readonly string[];

  constructor(message: string, details: { readonly missing: readonly string[] }, options?: ErrorOptions) {
    super(message, options);
    this.missing = details.missing;
  }

  static override isInstance(value: unknown): value is NativePluginDependencyError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_DEPENDENCY');
  }
}
