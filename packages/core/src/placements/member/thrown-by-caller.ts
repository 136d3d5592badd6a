import { encodeError, rebuildError } from '../../blocking/encoded-error.js';
import type { SentError } from '../protocol/messages.js';

/** The caller's numbers of what it has thrown, by what this member made of it. */
const numbers = new WeakMap<object, number>();

/** What the caller has thrown, as it is thrown here. */
export function receiveError({ error, thrown }: SentError): unknown {
  const rebuilt = rebuildError(error);
  if (thrown !== undefined && typeof rebuilt === 'object' && rebuilt !== null) numbers.set(rebuilt, thrown);
  return rebuilt;
}

/** What was thrown here, as it goes to the caller. */
export function sendError(error: unknown): SentError {
  const thrown = typeof error === 'object' && error !== null ? numbers.get(error) : undefined;
  const encoded = encodeError(error);
  return thrown === undefined ? { error: encoded } : { error: encoded, thrown };
}
