import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** The libwasmedge that was found has a version that is not supported. */
export class LibraryVersionError extends WasmEdgePluginsError {
  override readonly code = 'ERR_LIBRARY_VERSION';

  static override isInstance(value: unknown): value is LibraryVersionError {
    return hasErrorCode(value, 'ERR_LIBRARY_VERSION');
  }
}
