import type { FailureKind } from '../remote-failure.js';

/** gRPC's status codes by number, and what each means here. */
const statuses: readonly (readonly [name: string, kind: FailureKind])[] = [
  ['OK', 'malformed'],
  ['CANCELLED', 'failed'],
  ['UNKNOWN', 'failed'],
  ['INVALID_ARGUMENT', 'invalid'],
  ['DEADLINE_EXCEEDED', 'timed-out'],
  ['NOT_FOUND', 'not-found'],
  ['ALREADY_EXISTS', 'failed'],
  ['PERMISSION_DENIED', 'forbidden'],
  ['RESOURCE_EXHAUSTED', 'busy'],
  ['FAILED_PRECONDITION', 'invalid'],
  ['ABORTED', 'failed'],
  ['OUT_OF_RANGE', 'invalid'],
  ['UNIMPLEMENTED', 'unsupported'],
  ['INTERNAL', 'failed'],
  ['UNAVAILABLE', 'busy'],
  ['DATA_LOSS', 'failed'],
  ['UNAUTHENTICATED', 'forbidden'],
];

/** A status that is not OK. Codes that do not exist count as UNKNOWN. */
export function grpcStatus(
  code: number,
  text: string,
): { readonly name: string; readonly kind: FailureKind } {
  const [name, kind] = statuses[code] ?? (['UNKNOWN', 'failed'] as const);
  // Servers say so of the sizes of messages, and of queues and memory: only the text tells which.
  const isSize = name === 'RESOURCE_EXHAUSTED' && /message.*(larger|too large|exceeds|size)/i.test(text);
  if (isSize) return { name, kind: 'too-large' };
  // MLServer says so when it is asked whether a model is ready that it does not have.
  const isMissing = name === 'UNKNOWN' && text.includes('ModelNotFound');
  return { name, kind: isMissing ? 'not-found' : kind };
}

/** What an answer without a gRPC status means, by its HTTP status, as the documents of gRPC map them to codes. */
export function httpStatusKind(status: number): FailureKind {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'unsupported';
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'busy';
  return status >= 300 && status < 400 ? 'malformed' : 'failed';
}

/** The text of `grpc-message`: percent-encoded UTF-8. What is not is left as it came. */
export function decodeStatusText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
