import { printableName } from '@wasmedge-plugins/core';
import { MalformedMessage } from '../protocol/malformed.js';
import { type FailureKind, RemoteFailure } from './remote-failure.js';
import type { ServerAddress } from './server-address.js';

/** Most characters of a server's own text in a message. */
const maxShown = 500;

/** A server's own text, in one line, without the dot at its end. */
export function shownText(text: string): string {
  return printableName(text.trim(), maxShown).replace(/\.$/, '');
}

/** A call that failed; the text continues the sentence that begins with the address. */
export function callFailure(
  kind: FailureKind,
  address: ServerAddress,
  text: string,
  options?: ErrorOptions,
): RemoteFailure {
  return new RemoteFailure(kind, `${address.text} ${text}.`, options);
}

/** A connection that was lost in mid-call. */
export function droppedFailure(address: ServerAddress, cause?: unknown): RemoteFailure {
  const reason = cause instanceof Error ? ` (${shownText(cause.message)})` : '';
  return callFailure('dropped', address, `ended the connection before it had answered${reason}`, { cause });
}

/** A call of a transport that was closed. */
export function notInUse(address: ServerAddress): RemoteFailure {
  return callFailure('unreachable', address, 'is no longer in use here');
}

/** Reads an answer; what breaks the protocol becomes a failed call. */
export function readAnswer<Result>(address: ServerAddress, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    throw callFailure('malformed', address, `sent an answer that ${shownText(error.message)}`, {
      cause: error,
    });
  }
}

/** An answer beyond `maxMessageBytes`, or beyond the bound of answers without tensors. */
export function tooLargeAnswer(address: ServerAddress, maxBytes: number): RemoteFailure {
  return callFailure(
    'too-large',
    address,
    `sent an answer of more than ${maxBytes} bytes, which was not read. If it has tensors, allow more with "maxMessageBytes"`,
  );
}

/** A request beyond `maxMessageBytes`, which is not sent. */
export function tooLargeRequest(address: ServerAddress, bytes: number, maxBytes: number): RemoteFailure {
  return callFailure(
    'too-large',
    address,
    `was not sent a request of ${bytes} bytes, since at most ${maxBytes} are allowed. Allow more with "maxMessageBytes"`,
  );
}
