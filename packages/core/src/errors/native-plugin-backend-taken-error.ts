import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The process has another native WASI-NN backend already: all of them have one name, so a process can have one. */
export class NativePluginBackendTakenError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_BACKEND_TAKEN';
  /** The file that was loaded. */
  readonly takenBy: string;

  constructor(message: string, details: { readonly takenBy: string }, options?: ErrorOptions) {
    super(message, options);
    this.takenBy = details.takenBy;
  }

  static override isInstance(value: unknown): value is NativePluginBackendTakenError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_BACKEND_TAKEN');
  }
}
