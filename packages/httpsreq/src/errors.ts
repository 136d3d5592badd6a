import { hasErrorCode, WasmEdgePluginsError } from '@wasmedge-plugins/core';

/** The host is allowed, but its addresses are neither public nor allowed. Nothing was sent. */
export class AddressNotAllowedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_ADDRESS_NOT_ALLOWED';

  static override isInstance(value: unknown): value is AddressNotAllowedError {
    return hasErrorCode(value, 'ERR_HTTPS_ADDRESS_NOT_ALLOWED');
  }
}

/** The server's certificate is not trusted, not currently valid, for another host, or not a pinned one. Nothing was sent. */
export class CertificateError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_CERTIFICATE';

  static override isInstance(value: unknown): value is CertificateError {
    return hasErrorCode(value, 'ERR_HTTPS_CERTIFICATE');
  }
}

/** No connection could be made to any address of the host; the cause is the system's error, or an `AggregateError` of several. */
export class ConnectError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_CONNECT';

  static override isInstance(value: unknown): value is ConnectError {
    return hasErrorCode(value, 'ERR_HTTPS_CONNECT');
  }
}

/** The connection ended before the response was complete. */
export class ConnectionLostError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_CONNECTION_LOST';

  static override isInstance(value: unknown): value is ConnectionLostError {
    return hasErrorCode(value, 'ERR_HTTPS_CONNECTION_LOST');
  }
}

/** The host and port of a request are not among `allowHosts`. Nothing was looked up or sent. */
export class HostNotAllowedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_HOST_NOT_ALLOWED';

  static override isInstance(value: unknown): value is HostNotAllowedError {
    return hasErrorCode(value, 'ERR_HTTPS_HOST_NOT_ALLOWED');
  }
}

/** The look-up of a name failed or gave no address; the cause is the system's error. */
export class HostNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_HOST_NOT_FOUND';

  static override isInstance(value: unknown): value is HostNotFoundError {
    return hasErrorCode(value, 'ERR_HTTPS_HOST_NOT_FOUND');
  }
}

/** A request took longer than `connectTimeoutMs` or `timeoutMs`. */
export class HttpTimeoutError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_TIMEOUT';

  static override isInstance(value: unknown): value is HttpTimeoutError {
    return hasErrorCode(value, 'ERR_HTTPS_TIMEOUT');
  }
}

/** The data to be sent is not exactly one HTTP/1 request. Nothing was sent. */
export class MalformedRequestError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_MALFORMED_REQUEST';

  static override isInstance(value: unknown): value is MalformedRequestError {
    return hasErrorCode(value, 'ERR_HTTPS_MALFORMED_REQUEST');
  }
}

/** The server's answer is not an HTTP/1 response; the cause is the parser's error. */
export class MalformedResponseError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_MALFORMED_RESPONSE';

  static override isInstance(value: unknown): value is MalformedResponseError {
    return hasErrorCode(value, 'ERR_HTTPS_MALFORMED_RESPONSE');
  }
}

/** The proxy could not be reached or did not make the connection. */
export class ProxyError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_PROXY';

  static override isInstance(value: unknown): value is ProxyError {
    return hasErrorCode(value, 'ERR_HTTPS_PROXY');
  }
}

/** The hook `onRequest` refused a request, with `false` or with the error that is the cause. Nothing was sent. */
export class RequestRefusedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_REQUEST_REFUSED';

  static override isInstance(value: unknown): value is RequestRefusedError {
    return hasErrorCode(value, 'ERR_HTTPS_REQUEST_REFUSED');
  }
}

/** A request is larger than `maxRequestBytes`. Nothing was sent. */
export class RequestTooLargeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_REQUEST_TOO_LARGE';

  static override isInstance(value: unknown): value is RequestTooLargeError {
    return hasErrorCode(value, 'ERR_HTTPS_REQUEST_TOO_LARGE');
  }
}

/** A response is larger than `maxResponseBytes`. */
export class ResponseTooLargeError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_RESPONSE_TOO_LARGE';

  static override isInstance(value: unknown): value is ResponseTooLargeError {
    return hasErrorCode(value, 'ERR_HTTPS_RESPONSE_TOO_LARGE');
  }
}

/** The TLS handshake failed for a reason other than the certificate; the cause is the TLS error. */
export class TlsError extends WasmEdgePluginsError {
  override readonly code = 'ERR_HTTPS_TLS';

  static override isInstance(value: unknown): value is TlsError {
    return hasErrorCode(value, 'ERR_HTTPS_TLS');
  }
}
