import type { Signature } from '../host-module/signature.js';
import type { ValueType } from '../host-module/value-types.js';
import type { ByteReader } from './byte-reader.js';
import { readValueType } from './value-type.js';

/** Every type of the module by its index; `undefined` where {@link Signature} cannot say it. */
export function readTypeSection(reader: ByteReader): (Signature | undefined)[] {
  const types: (Signature | undefined)[] = [];
  for (let count = reader.count(); count > 0; count--) {
    if (reader.peek() !== 0x4e) {
      types.push(readSubType(reader));
      continue;
    }
    reader.byte();
    for (let members = reader.count(); members > 0; members--) types.push(readSubType(reader));
  }
  return types;
}

function readSubType(reader: ByteReader): Signature | undefined {
  const form = reader.peek();
  if (form === 0x50 || form === 0x4f) {
    reader.byte();
    for (let supertypes = reader.count(); supertypes > 0; supertypes--) reader.u32();
  }
  return readCompositeType(reader);
}

function readCompositeType(reader: ByteReader): Signature | undefined {
  const start = reader.offset;
  const form = reader.byte();
  switch (form) {
    case 0x60: {
      const params = readValueTypes(reader);
      const results = readValueTypes(reader);
      return params === undefined || results === undefined ? undefined : { params, results };
    }
    case 0x5f: // struct
      for (let fields = reader.count(); fields > 0; fields--) skipField(reader);
      return undefined;
    case 0x5e: // array
      skipField(reader);
      return undefined;
    default:
      throw reader.invalid(`a type of the unknown form 0x${form.toString(16)}`, start);
  }
}

function readValueTypes(reader: ByteReader): ValueType[] | undefined {
  const types: ValueType[] = [];
  let complete = true;
  for (let count = reader.count(); count > 0; count--) {
    const type = readValueType(reader);
    if (type === undefined) complete = false;
    else types.push(type);
  }
  return complete ? types : undefined;
}

function skipField(reader: ByteReader): void {
  const storage = reader.peek();
  const packed = storage === 0x78 || storage === 0x77; // i8, i16
  if (packed) reader.byte();
  else readValueType(reader);
  reader.byte(); // mutability
}
