import { deserialize } from 'node:v8';
import { CannotCrossError } from '../../errors/placement-errors.js';
import type { Message } from './messages.js';

/**
 * What `node:v8` makes of the head of a frame, which is plain data and runs no code. It may come from a process that its guest has taken over.
 *
 * @throws {CannotCrossError} for what is not a message, or has lists longer than what has arrived.
 */
export function readHead(head: Uint8Array): Message {
  const message: unknown = deserialized(head);
  if (!isObject(message) || !('kind' in message)) throw notAMessage('kind');
  const { kind, storedBytes } = message as Partial<Message>;
  if (typeof kind !== 'string') throw notAMessage('kind');
  if (storedBytes !== undefined && !(Number.isInteger(storedBytes) && storedBytes >= 0)) {
    throw notAMessage('storedBytes');
  }
  // They travel beside it, and are bytes.
  if ('bytes' in message) throw notAMessage('bytes');
  refuseLongLists(message, head.byteLength);
  return message as Message;
}

/** The error for a message that is none. */
export function notAMessage(what: string): CannotCrossError {
  return new CannotCrossError(`A process sent something that is not a message of this package (${what}).`);
}

function deserialized(head: Uint8Array): unknown {
  try {
    return deserialize(head);
  } catch (cause) {
    throw new CannotCrossError('A message from a process cannot be read; see the cause.', { cause });
  }
}

/** Entries of lists that may be missing, all together. */
const maxHoles = 1_000_000;

/** A list may say that it has four thousand millions of entries and have none, and whoever goes through it never ends. */
function refuseLongLists(message: object, arrived: number): void {
  // Most messages have none.
  const objects = Object.values(message).filter(isObject);
  if (objects.length === 0) return;
  const seen = new Set<object>(objects);
  let length = 0;
  for (const value of seen) {
    if (Array.isArray(value)) {
      length += value.length;
      if (length > arrived + maxHoles) throw notAMessage('length');
      addObjects(value, seen);
    } else if (Object.getPrototypeOf(value) === Object.prototype) addObjects(Object.values(value), seen);
    // Of others, such as a Map, each entry has arrived.
  }
}

function addObjects(values: readonly unknown[], seen: Set<object>): void {
  for (const value of values) if (isObject(value)) seen.add(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
