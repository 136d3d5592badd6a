import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import type { CryptoErrno, CryptoErrnoName } from './embedded/errno.js';

/** The file of managed keys cannot be read or decrypted. */
export class SecretsFileError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CRYPTO_SECRETS_FILE';

  static override isInstance(value: unknown): value is SecretsFileError {
    return hasErrorCode(value, 'ERR_CRYPTO_SECRETS_FILE');
  }
}

/** A function of the plug-in answered the client with an error code. */
export class WasiCryptoError extends WasmEdgePluginsError {
  override readonly code = 'ERR_WASI_CRYPTO';
  /** The error code, for example 8. */
  readonly errno: CryptoErrno;
  /** Its name, for example `invalid_key`. */
  readonly errnoName: CryptoErrnoName;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param errno the error code.
   * @param errnoName its name.
   */
  constructor(message: string, errno: CryptoErrno, errnoName: CryptoErrnoName) {
    super(message);
    this.errno = errno;
    this.errnoName = errnoName;
  }

  static override isInstance(value: unknown): value is WasiCryptoError {
    return hasErrorCode(value, 'ERR_WASI_CRYPTO');
  }
}
