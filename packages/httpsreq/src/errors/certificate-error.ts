import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The certificate of the server is not trusted, not valid now, for another host, or none of the pinned ones. Nothing was sent. */
export class CertificateError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_CERTIFICATE';

  static override isInstance(value: unknown): value is CertificateError {
    return hasErrorCode(value, 'ERR_HTTPS_CERTIFICATE');
  }
}
