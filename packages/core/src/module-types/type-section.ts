import type { ValueType } from '../values/value-types.js';
import type { ByteReader } from './byte-reader.js';
import type { NestingCheck } from './check-nesting.js';
import type { FunctionType } from './external-types.js';
import { most } from './implementation-limits.js';
import { readValueType } from './value-type.js';

/** One type that a module defines. */
export interface DefinedType {
  /** As an import or export tells it: one object for each type, which all functions of the type share. */
  readonly external: FunctionType;
  /** Values that an instruction of the type takes: parameters, or the fields of a struct. */
  readonly takes: number;
  /** Values that it gives. */
  readonly gives: number;
  readonly kind: 'function' | 'struct' | 'array';
}

/** Stands for a type that a module refers to and does not define. */
export const unknownType: DefinedType = {
  external: { kind: 'function', signature: undefined },
  takes: 0,
  gives: 0,
  kind: 'function',
};

/** Every type of the module by its index; `nesting` looks at each too. */
export function readTypeSection(reader: ByteReader, nesting?: NestingCheck): DefinedType[] {
  const types: DefinedType[] = [];
  const depths = new Map<number, number>();
  const readOne = () => {
    const depth = readDepth(reader, depths);
    if (depth > 0) depths.set(types.length, depth);
    types.push(readCompositeType(reader));
    if (types.length > most.types) throw reader.tooMany(types.length, 'types', most.types);
  };
  for (let count = reader.count('types', most.types); count > 0; count--) {
    const start = reader.offset;
    if (reader.peek() === 0x4e) {
      reader.byte();
      for (let members = reader.count('types', most.types); members > 0; members--) readOne();
    } else {
      readOne();
    }
    nesting?.addTypes(reader.since(start));
  }
  return types;
}

/** Reads from what a type is derived; returns how long the chain of such types is. An engine may follow it at every use. */
function readDepth(reader: ByteReader, depths: ReadonlyMap<number, number>): number {
  const form = reader.peek();
  if (form !== 0x50 && form !== 0x4f) return 0;
  reader.byte();
  let depth = 0;
  for (let supertypes = reader.count('supertypes of a type', 1); supertypes > 0; supertypes--) {
    depth = 1 + (depths.get(reader.u32()) ?? 0);
  }
  if (depth > most.supertypes) throw reader.tooMany(depth, 'types that one is derived from', most.supertypes);
  return depth;
}

function readCompositeType(reader: ByteReader): DefinedType {
  const start = reader.offset;
  const form = reader.byte();
  switch (form) {
    case 0x60: {
      const params = readValueTypes(reader, 'parameters of a function');
      const results = readValueTypes(reader, 'results of a function');
      return {
        external: {
          kind: 'function',
          signature: params.types && results.types && { params: params.types, results: results.types },
        },
        takes: params.count,
        gives: results.count,
        kind: 'function',
      };
    }
    case 0x5f: {
      const count = reader.count('fields of a struct', most.structFields);
      for (let fields = count; fields > 0; fields--) skipField(reader);
      return { ...unknownType, takes: count, gives: 1, kind: 'struct' };
    }
    case 0x5e:
      skipField(reader);
      return { ...unknownType, takes: 2, gives: 1, kind: 'array' };
    default:
      throw reader.invalid(`a type of the unknown form 0x${form.toString(16)}`, start);
  }
}

function readValueTypes(reader: ByteReader, what: string) {
  const types: ValueType[] = [];
  const count = reader.count(what, most.parameters);
  for (let left = count; left > 0; left--) {
    const type = readValueType(reader);
    if (type !== undefined) types.push(type);
  }
  return { count, types: types.length === count ? types : undefined };
}

function skipField(reader: ByteReader): void {
  const storage = reader.peek();
  const packed = storage === 0x78 || storage === 0x77; // i8, i16
  if (packed) reader.byte();
  else readValueType(reader);
  reader.byte(); // mutability
}
