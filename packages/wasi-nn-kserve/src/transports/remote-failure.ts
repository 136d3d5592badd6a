/**
 * What went wrong with a call.
 *
 * - `unreachable`: no connection was made (refused, no such host, TLS); nothing was sent.
 * - `dropped`: the connection was lost after the call had begun; the server may have done the work.
 * - `busy`: the server has no room now (gRPC UNAVAILABLE from the server itself, RESOURCE_EXHAUSTED that is not about sizes, HTTP 429 and 503).
 * - `timed-out`: the server says that its own deadline is over (DEADLINE_EXCEEDED, 504).
 * - `invalid`: the server refuses the request (INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION, 400).
 * - `not-found`: it does not have the model (NOT_FOUND, 404; 400 `Model version not ready`).
 * - `unsupported`: it cannot do that (UNIMPLEMENTED, 501, 405).
 * - `forbidden`: it wants other credentials (UNAUTHENTICATED, PERMISSION_DENIED, 401, 403, 407).
 * - `too-large`: the request or the answer is larger than one side takes (413, RESOURCE_EXHAUSTED about a size, `maxMessageBytes` here).
 * - `malformed`: the answer breaks the protocol, or is a redirect, which is not followed.
 * - `failed`: everything else that a server answers (INTERNAL, UNKNOWN, 500).
 */
export type FailureKind =
  | 'unreachable'
  | 'dropped'
  | 'busy'
  | 'timed-out'
  | 'invalid'
  | 'not-found'
  | 'unsupported'
  | 'forbidden'
  | 'too-large'
  | 'malformed'
  | 'failed';

/** A failed call of a server. The message is one sentence with the server's address and its own text, cut to a bound; never with headers. */
export class RemoteFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
