import type { ScriptValue } from './script.js';
import { bitsOf, type GivenValue } from './values.js';

const view = new DataView(new ArrayBuffer(8));

/** Values of the host by their numbers in scripts. */
const references = new Map<string, { readonly number: number }>();

/** A value of a script as JavaScript passes it to WebAssembly. */
export function toJavaScript(value: ScriptValue): unknown {
  const { type, value: text } = value;
  if (text === 'null') return null;
  if (type === 'externref') return referenceNumbered(String(text));
  const bits = bitsOf(value);
  view.setBigUint64(0, BigInt.asUintN(64, bits), true);
  switch (type) {
    case 'i32':
      return view.getInt32(0, true);
    case 'i64':
      return view.getBigInt64(0, true);
    case 'f32':
      return view.getFloat32(0, true);
    case 'f64':
      return view.getFloat64(0, true);
    default:
      return bits;
  }
}

/** What JavaScript got from WebAssembly for a value of a type; a number that is not known to be of another is 64 bits wide. */
export function fromJavaScript(value: unknown, type: string): GivenValue {
  if (value === null) return { reference: null };
  if (typeof value === 'function') return { reference: 'function' };
  if (typeof value === 'object') return { reference: (value as { readonly number: number }).number };
  if (Number.isNaN(value)) return { nan: true };
  if (typeof value === 'bigint') return { bits: BigInt.asUintN(type === 'v128' ? 128 : 64, value) };
  view.setBigUint64(0, 0n, true);
  if (type === 'i32') view.setInt32(0, value as number, true);
  // A number that is no 32-bit float was not one before.
  else if (type === 'f32' && Math.fround(value as number) === value) view.setFloat32(0, value, true);
  else view.setFloat64(0, value as number, true);
  return { bits: view.getBigUint64(0, true) };
}

function referenceNumbered(number: string): { readonly number: number } {
  const known = references.get(number) ?? { number: Number(number) };
  references.set(number, known);
  return known;
}
