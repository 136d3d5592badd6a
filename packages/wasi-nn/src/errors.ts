import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import { NnErrno, type NnErrnoName } from './nn-errno.js';

/** A backend was written for another version of the contract between it and this package; the message says which package to update. */
export class BackendContractError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BACKEND_CONTRACT';

  static override isInstance(value: unknown): value is BackendContractError {
    return hasErrorCode(value, 'ERR_BACKEND_CONTRACT');
  }
}

/** The library that a backend needs was not found; the message says where it was looked for and what installs it. */
export class BackendUnavailableError extends WasmEdgePluginsError {
  override readonly code = 'ERR_BACKEND_UNAVAILABLE';

  static override isInstance(value: unknown): value is BackendUnavailableError {
    return hasErrorCode(value, 'ERR_BACKEND_UNAVAILABLE');
  }
}

/** A file or bytes could not be read as an image; the cause is the decoder's error. */
export class ImageDecodeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_IMAGE_DECODE';

  static override isInstance(value: unknown): value is ImageDecodeError {
    return hasErrorCode(value, 'ERR_IMAGE_DECODE');
  }
}

/** The package `sharp`, which decodes images, is not installed or does not load; the message has the command that installs it. */
export class ImageLibraryError extends WasmEdgePluginsError {
  override readonly code = 'ERR_IMAGE_LIBRARY';

  static override isInstance(value: unknown): value is ImageLibraryError {
    return hasErrorCode(value, 'ERR_IMAGE_LIBRARY');
  }
}

/** A model does not match its definition. */
export class ModelMismatchError extends WasmEdgePluginsError {
  override readonly code = 'ERR_MODEL_MISMATCH';

  static override isInstance(value: unknown): value is ModelMismatchError {
    return hasErrorCode(value, 'ERR_MODEL_MISMATCH');
  }
}

/** A model, a tensor or a call that WASI-NN answers with an error code. A guest gets the code; a TypeScript caller gets this error. */
export class NnError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NN';

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(
    /** The error code's name. */
    readonly errnoName: NnErrnoName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The error code's number. */
  get errno(): number {
    return NnErrno[this.errnoName];
  }

  static override isInstance(value: unknown): value is NnError {
    return hasErrorCode(value, 'ERR_NN');
  }
}
