import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { describeValue } from '../../values/check-arguments.js';
import { refuseLostBytes } from '../../values/lost-bytes.js';

/** @throws {InvalidArgumentError} for what a function that writes into a memory was given, unless it is a `Uint8Array` that has its bytes. */
export function requireBytes(subject: string, bytes: unknown): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return refuseLostBytes(`What ${subject} was given`, bytes);
  throw new InvalidArgumentError(`${subject} takes a Uint8Array, not ${describeValue(bytes)}.`);
}
