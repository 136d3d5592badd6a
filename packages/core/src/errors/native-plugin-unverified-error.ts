import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A native plug-in is not what the runtime was told to trust, and was not loaded. */
export class NativePluginUnverifiedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_UNVERIFIED';
  /** `unknown`: nothing vouches for it; `hash`: it differs from its pin; `signature`: no key made its signature. */
  readonly reason: 'unknown' | 'hash' | 'signature';
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;

  constructor(
    message: string,
    details: { readonly reason: 'unknown' | 'hash' | 'signature'; readonly sha256: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = details.reason;
    this.sha256 = details.sha256;
  }

  static override isInstance(value: unknown): value is NativePluginUnverifiedError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_UNVERIFIED');
  }
}
