import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The TLS handshake failed for another reason than the certificate; the cause is the error of TLS. */
export class TlsError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_TLS';

  static override isInstance(value: unknown): value is TlsError {
    return hasErrorCode(value, 'ERR_HTTPS_TLS');
  }
}
