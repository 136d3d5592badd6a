import { Buffer } from 'node:buffer';
import { shownName } from '../errors/printable.js';
import { hasLostBytes, refuseLostBytes } from '../values/lost-bytes.js';

const kindOfView = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as () => unknown;

/**
 * A copy of options, so that later changes by the caller do not affect them: arrays, plain objects, Maps, Sets, bytes, URLs and dates are copied. Functions and
 * instances of other classes are not. Bytes are copied into separate buffers, which hold nothing else.
 *
 * @param subject the function that takes the options, for messages: `openVINO()`. Default: `the options`.
 * @throws {InvalidArgumentError} for bytes whose buffer was transferred, naming the option.
 */
export function copyOptions<Options>(options: Options, subject = 'the options'): Options {
  return copy(options, new Map(), { of: subject }) as Options;
}

/** Where a value was found. */
interface Place {
  readonly of: Place | string;
  readonly name?: unknown;
}

/** @param copies by what they are copies of: objects that occur twice, or contain themselves, do so in the copy too. */
function copy(value: unknown, copies: Map<object, unknown>, of: Place, name?: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const place: Place = { of, name };
  const keep = <Copied>(copied: Copied): Copied => {
    copies.set(value, copied);
    return copied;
  };
  if (Array.isArray(value)) {
    const list: unknown[] = keep([]);
    let index = 0;
    for (const entry of value) list.push(copy(entry, copies, place, index++));
    return list;
  }
  if (value instanceof Map) {
    const map = keep(new Map<unknown, unknown>());
    for (const [key, entry] of value)
      map.set(copy(key, copies, place, 'key'), copy(entry, copies, place, key));
    return map;
  }
  if (value instanceof Set) {
    const set = keep(new Set<unknown>());
    for (const entry of value) set.add(copy(entry, copies, place, set.size));
    return set;
  }
  if (isPlainObject(value)) {
    const record: Record<string, unknown> = keep({});
    for (const [name, entry] of Object.entries(value)) {
      // Not by assignment, which would give `__proto__` a meaning.
      const data = {
        value: copy(entry, copies, place, name),
        enumerable: true,
        writable: true,
        configurable: true,
      };
      Object.defineProperty(record, name, data);
    }
    return record;
  }
  return keep(copyLeaf(value, place));
}

function copyLeaf(value: object, place: Place): object {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    if (hasLostBytes(value)) refuseLostBytes(describePlace(place), value);
    return ArrayBuffer.isView(value) ? copyView(value) : value.slice(0);
  }
  if (value instanceof URL) return new URL(value);
  return value instanceof Date ? new Date(value) : value;
}

function describePlace(place: Place): string {
  const names: string[] = [];
  let of: Place | string = place;
  for (; typeof of !== 'string'; of = of.of) {
    if (of.name !== undefined) names.unshift(typeof of.name === 'object' ? 'entry' : String(of.name));
  }
  return names.length === 0 ? `An argument of ${of}` : `The option ${shownName(names.join('.'))} of ${of}`;
}

function copyView(view: ArrayBufferView): ArrayBufferView {
  const bytes = Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  if (Buffer.isBuffer(view)) return Buffer.from(bytes.buffer);
  // By the tag of its kind, as a view may be of another realm or of a class that extends one, which may have a tag of its own.
  const name = kindOfView.call(view) as 'Uint8Array' | undefined;
  return name === undefined ? new DataView(bytes.buffer) : new globalThis[name](bytes.buffer);
}

/** Whether an object is a plain one, from whatever realm: not an instance of a class. */
export function isPlainObject(value: object): boolean {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
