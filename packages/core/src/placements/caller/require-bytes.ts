import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { describeValue } from '../../values/check-arguments.js';

/** @throws {InvalidArgumentError} for what a function that writes into a memory was given, unless it is a `Uint8Array`. */
export function requireBytes(subject: string, bytes: unknown): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return;
  throw new InvalidArgumentError(`${subject} takes a Uint8Array, not ${describeValue(bytes)}.`);
}
