/** How a server is reached. */
export interface TransportOptions {
  /** For `grpcs://` and `https://`. Default: the machine's roots, and the server's own name. */
  readonly tls?: TlsOptions | undefined;
  /** Milliseconds that making a connection may take. */
  readonly connectTimeoutMs: number;
  /** Most bytes of an answer, and of a request. */
  readonly maxMessageBytes: number;
}

/** TLS to a server. */
export interface TlsOptions {
  /** Certificates, in PEM, of the authorities that are trusted. Default: those of the machine. */
  readonly ca?: string | undefined;
  /** The client's certificate with its chain, in PEM. Default: the client has none. */
  readonly cert?: string | undefined;
  /** The key of `cert`, in PEM. Default: there is none. */
  readonly key?: string | undefined;
  /** The name that the server's certificate must have, also sent as SNI. Default: the host of its URL. */
  readonly serverName?: string | undefined;
}
