import { WasmEdgePluginsError } from '@wasmedge-plugins/core';
import {
  AddressNotAllowedError,
  CertificateError,
  ConnectError,
  ConnectionLostError,
  HostNotFoundError,
  HttpTimeoutError,
  MalformedResponseError,
  ProxyError,
  RequestRefusedError,
  ResponseTooLargeError,
  TlsError,
} from '../errors.js';

const classes: Readonly<Record<string, new (message: string, options?: ErrorOptions) => Error>> = {
  ERR_HTTPS_ADDRESS_NOT_ALLOWED: AddressNotAllowedError,
  ERR_HTTPS_CERTIFICATE: CertificateError,
  ERR_HTTPS_CONNECT: ConnectError,
  ERR_HTTPS_CONNECTION_LOST: ConnectionLostError,
  ERR_HTTPS_HOST_NOT_FOUND: HostNotFoundError,
  ERR_HTTPS_MALFORMED_RESPONSE: MalformedResponseError,
  ERR_HTTPS_PROXY: ProxyError,
  ERR_HTTPS_REQUEST_REFUSED: RequestRefusedError,
  ERR_HTTPS_RESPONSE_TOO_LARGE: ResponseTooLargeError,
  ERR_HTTPS_TIMEOUT: HttpTimeoutError,
  ERR_HTTPS_TLS: TlsError,
};

/** An error of the helper thread as an object of its class, which it has lost on its way; others as they are. */
export function typedError(error: unknown): unknown {
  if (!WasmEdgePluginsError.isInstance(error)) {
    return error;
  }
  const { code, message, cause } = error;
  const Class = classes[code];
  if (Class === undefined || error instanceof Class) {
    return error;
  }
  return new Class(message, cause === undefined ? undefined : { cause });
}
