import { type FailureKind, RemoteFailure } from '../transports/remote-failure.js';

/** Answers that stay the same until somebody changes a setting. */
const lasting: ReadonlySet<FailureKind> = new Set(['forbidden', 'invalid', 'unsupported']);

/** How Node.js names what is wrong with a certificate, and what TLS cannot agree on. */
const tlsCode = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_)/;

/** Whether waiting for a server will not help: it refuses who asks or what is asked, or its certificate is not trusted. */
export function isHopeless(failure: RemoteFailure): boolean {
  return lasting.has(failure.kind) || (failure.kind === 'unreachable' && isOfTls(failure.cause));
}

function isOfTls(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isOfTls);
  if (cause instanceof RemoteFailure) return isHopeless(cause);
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && tlsCode.test(code);
}
