import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** No libwasmedge was found; the message lists the places and the command that installs it. */
export class LibraryNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_LIBRARY_NOT_FOUND';

  static override isInstance(value: unknown): value is LibraryNotFoundError {
    return hasErrorCode(value, 'ERR_LIBRARY_NOT_FOUND');
  }
}

/** The libwasmedge that was found has a version that is not supported. */
export class LibraryVersionError extends WasmEdgePluginsError {
  override readonly code = 'ERR_LIBRARY_VERSION';

  static override isInstance(value: unknown): value is LibraryVersionError {
    return hasErrorCode(value, 'ERR_LIBRARY_VERSION');
  }
}

/** The process has no room for another thread in which libwasmedge calls host functions; the message says what takes it up. */
export class CallbackSlotsError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CALLBACK_SLOTS';

  static override isInstance(value: unknown): value is CallbackSlotsError {
    return hasErrorCode(value, 'ERR_CALLBACK_SLOTS');
  }
}
