import { Buffer } from 'node:buffer';
import { CannotCrossError } from '../errors/placement-errors.js';
import { shorten } from '../errors/printable.js';
import { describeValue } from '../values/check-arguments.js';
import { hasLostBytes } from '../values/lost-bytes.js';
import { isPlainObject } from './copy-options.js';
import type { KeepFunction, KeptFunction } from './kept-function.js';
import type { PackedValue } from './packed-value.js';

/** So many lists and objects may lie in one another. */
export const deepestValue = 500;

/** Where a value belongs, for messages. */
export interface PackedPlace {
  /** What it was given to: `httpsReqPlugin()`. */
  readonly subject: string;
  /** Path of the value in its options: `models.digits.file`; empty for the options themselves. */
  readonly path: string;
}

/**
 * The form of a value that crosses threads and processes.
 *
 * @param place where the value belongs.
 * @param keep keeps the functions in it, of which a number crosses. Default: none can cross.
 * @throws {CannotCrossError} naming the value that cannot cross: a function, a symbol, an instance of a class, what holds itself or is nested too deep, or a buffer that
 * was given away.
 */
export function packValue(value: unknown, place: PackedPlace, keep?: KeepFunction): PackedValue {
  return pack(value, place, [], keep);
}

function pack(
  value: unknown,
  place: PackedPlace,
  around: readonly object[],
  keep: KeepFunction | undefined,
): PackedValue {
  if (typeof value === 'function' && keep !== undefined) {
    return ['function', keep(value as KeptFunction, `${place.path} of ${place.subject}`)];
  }
  if (typeof value === 'function' || typeof value === 'symbol') throw refusal(value, place);
  if (typeof value !== 'object' || value === null) return value as PackedValue;
  if (around.includes(value)) throw refusal(value, place, 'contains itself');
  if (around.length === deepestValue)
    throw refusal(value, shortened(place), `is nested more than ${deepestValue} deep`);
  const within = [...around, value];
  const inner = (entry: unknown, name: string) =>
    pack(entry, { ...place, path: place.path === '' ? name : `${place.path}.${name}` }, within, keep);
  if (Array.isArray(value)) return ['array', value.map((entry, index) => inner(entry, String(index)))];
  if (value instanceof Map) {
    const entries = [...value].map(([key, entry]) => [inner(key, 'key'), inner(entry, String(key))] as const);
    return ['map', entries];
  }
  if (value instanceof Set) return ['set', [...value].map((entry, index) => inner(entry, String(index)))];
  if (value instanceof URL) return ['url', value.href];
  if (Buffer.isBuffer(value) && !hasLostBytes(value))
    return ['buffer', new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  if (isCloned(value)) {
    if (isBytes(value) && hasLostBytes(value))
      throw refusal(value, place, 'has a buffer that was transferred');
    return ['same', value];
  }
  if (!isPlainObject(value)) throw refusal(value, place);
  return ['object', Object.entries(value).map(([name, entry]) => [name, inner(entry, name)] as const)];
}

function isCloned(value: object): value is Date | RegExp | ArrayBuffer | ArrayBufferView {
  return isBytes(value) || value instanceof Date || value instanceof RegExp;
}

function isBytes(value: object): value is ArrayBuffer | ArrayBufferView {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

function shortened({ subject, path }: PackedPlace): PackedPlace {
  return { subject, path: shorten(path, 100) };
}

/** What a place is, as a message begins. */
export function placeOf({ subject, path }: PackedPlace): string {
  return path === '' ? `An argument of ${subject}` : `The option ${path} of ${subject}`;
}

function refusal(value: unknown, place: PackedPlace, why?: string): CannotCrossError {
  const reason = why ?? `is ${typeof value === 'symbol' ? 'a symbol' : describeValue(value)}`;
  const advice =
    typeof value === 'function'
      ? 'Pass { module, export }: the URL of a module, and the name of the function that it exports.'
      : 'Pass plain data: strings, numbers, bytes, URLs, and arrays, objects, Maps and Sets of them.';
  return new CannotCrossError(
    `${placeOf(place)} ${reason}, which cannot go to another thread or process. ${advice}`,
  );
}
