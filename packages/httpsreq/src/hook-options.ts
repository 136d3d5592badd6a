/** A request that is about to be made: nothing has been looked up or sent for it yet. */
export interface HttpsRequestInfo {
  /** As in the request line, for example `GET`. */
  readonly method: string;
  /** Normalised: lower case, IDNA, no trailing dot; an IPv6 address without brackets. */
  readonly host: string;
  /** The TCP port, 1 to 65535. */
  readonly port: number;
  /** The target of the request line, for example `/index.html?q=1`. May hold secrets. */
  readonly path: string;
  /** Size of the raw request in bytes, including its head. */
  readonly requestBytes: number;
}

/** A request that has ended, successfully or not. */
export interface HttpsRequestEnd extends HttpsRequestInfo {
  /** Status code of the response; `undefined` when there was none. */
  readonly status: number | undefined;
  /** Size of the raw response in bytes, including its head; 0 when there was none. */
  readonly responseBytes: number;
  /** Milliseconds from the call to its end. */
  readonly durationMs: number;
  /** The address that the request was sent to; `undefined` when there was no connection, or it went through a proxy. */
  readonly address: string | undefined;
  /** `code` of the error that ended it, `ERR_UNKNOWN` when that had none; `undefined` when there was no error. */
  readonly errorCode: string | undefined;
}

/**
 * Sees each request before any of it is on the network; `false` refuses it, and so does an error that it throws, or a promise: an asynchronous
 * function must be given by module and export, or serve guests in another thread or process.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing, and an asynchronous one must not fit.
export type RequestHook = (request: HttpsRequestInfo) => boolean | void;

/** A {@link RequestHook} that may be asynchronous, since guests in another thread or process can wait for it. */
export type WaitingRequestHook = (
  request: HttpsRequestInfo,
  // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing.
) => boolean | void | Promise<boolean | void>;

/** Sees each request after it has ended. */
export type ResponseHook = (end: HttpsRequestEnd) => void;
