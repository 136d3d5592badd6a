import { ByteReader } from './byte-reader.js';
import { readHeapType } from './value-type.js';

/** Heap types by their code, as the text format names them, and the short name of a reference to one that may be null. */
const heapTypes: ReadonlyMap<number, readonly [name: string, short: string]> = new Map([
  [0x68, ['cont', 'contref']],
  [0x69, ['exn', 'exnref']],
  [0x6a, ['array', 'arrayref']],
  [0x6b, ['struct', 'structref']],
  [0x6c, ['i31', 'i31ref']],
  [0x6d, ['eq', 'eqref']],
  [0x6e, ['any', 'anyref']],
  [0x6f, ['extern', 'externref']],
  [0x70, ['func', 'funcref']],
  [0x71, ['none', 'nullref']],
  [0x72, ['noextern', 'nullexternref']],
  [0x73, ['nofunc', 'nullfuncref']],
  [0x74, ['noexn', 'nullexnref']],
  [0x75, ['nocont', 'nullcontref']],
]);

/** A reference type as the text format writes it, from the bytes of a module that were read as one. */
export function typeText(bytes: Uint8Array): string {
  const reader = new ByteReader(bytes);
  const form = reader.peek();
  if (form !== 0x63 && form !== 0x64) return heapTypes.get(form)?.[1] ?? 'unknown';
  reader.byte();
  const start = reader.offset;
  const code = readHeapType(reader);
  const known = code === undefined ? undefined : heapTypes.get(code);
  if (form === 0x63 && known !== undefined) return known[1];
  const name = known?.[0] ?? `${new ByteReader(bytes, { start, end: bytes.length }).u32()}`;
  return form === 0x63 ? `(ref null ${name})` : `(ref ${name})`;
}
