import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue } from './check-arguments.js';

/** Any typed array's `keys` refuses one whose bytes are gone. */
const validate: (this: ArrayBufferView) => unknown = Uint8Array.prototype.keys;

/** Whether the bytes of a buffer or a view are gone: the buffer was transferred, or has become too short for the view. */
export function hasLostBytes(value: ArrayBufferView | ArrayBufferLike): boolean {
  try {
    // Of a DataView without bytes, this throws.
    if (value.byteLength > 0) return false;
    if (!ArrayBuffer.isView(value)) new Uint8Array(value);
    else if (!(value instanceof DataView)) validate.call(value);
    return false;
  } catch {
    return true;
  }
}

/**
 * Refuses bytes that are gone: an array whose buffer was transferred, by `postMessage()` for example, has length 0 and throws a `TypeError` wherever it is used.
 *
 * @param what what was given, for the message: `The body of a request`.
 * @throws {InvalidArgumentError} naming it and what to pass instead.
 */
export function refuseLostBytes(what: string, value: ArrayBufferView | ArrayBufferLike): void {
  if (!hasLostBytes(value)) return;
  throw new InvalidArgumentError(
    `${what} is ${describeValue(value)} whose bytes are gone: its buffer was transferred, as by postMessage(), or made shorter. Pass bytes that are still there, such as a copy made before with slice().`,
  );
}
