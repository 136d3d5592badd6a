import { encodeError, rebuildError } from '../../blocking/encoded-error.js';
import type { SentError } from '../protocol/messages.js';

/** The caller's numbers of what it has thrown, by what this member made of it. */
const numbers = new WeakMap<object, number>();
/** The latest of what is not an object, such as a text. */
let plain: { readonly value: unknown; readonly thrown: number } | undefined;

/** What the caller has thrown, as it is thrown here. */
export function receiveError({ error, thrown }: SentError): unknown {
  const value = rebuildError(error);
  if (thrown === undefined) return value;
  if (isObject(value)) numbers.set(value, thrown);
  else plain = { value, thrown };
  return value;
}

/** What was thrown here, as it goes to the caller. */
export function sendError(error: unknown): SentError {
  const thrown = isObject(error) ? numbers.get(error) : plain?.value === error ? plain?.thrown : undefined;
  const encoded = encodeError(error);
  return thrown === undefined ? { error: encoded } : { error: encoded, thrown };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
