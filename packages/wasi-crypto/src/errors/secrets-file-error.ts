import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The file of managed keys cannot be read or decrypted. */
export class SecretsFileError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CRYPTO_SECRETS_FILE';

  static override isInstance(value: unknown): value is SecretsFileError {
    return hasErrorCode(value, 'ERR_CRYPTO_SECRETS_FILE');
  }
}
