import type { Signature } from '../values/signature.js';
import type { ValueType } from '../values/value-types.js';
import type { ByteReader } from './byte-reader.js';
import { typeText } from './type-text.js';
import { readReferenceType, readValueType } from './value-type.js';

/** A linear memory; sizes are in pages of 64 KiB. */
export interface MemoryType {
  /** Size at the start, in pages of 64 KiB. */
  readonly minimum: number;
  /** The most that it can grow to, in pages of 64 KiB; `undefined` if the module does not say. */
  readonly maximum: number | undefined;
  /** Whether threads can share it. */
  readonly shared: boolean;
  /** Whether its addresses are 64-bit. */
  readonly is64: boolean;
}

/** A table. A size of more than 2^53 elements is rounded. */
export interface TableType {
  /** Tells a table from the other kinds. */
  readonly kind: 'table';
  /** `undefined` for references that {@link ValueType} has no name for. */
  readonly type: 'funcref' | 'externref' | undefined;
  /** Such a type as the text format writes it, for example `i31ref` or `(ref 3)`; absent if it is not known. */
  readonly otherType?: string;
  /** Size at the start, in elements. */
  readonly minimum: number;
  /** The most that it can grow to, in elements; `undefined` if the module does not say. */
  readonly maximum: number | undefined;
  /** Whether its indices are 64-bit; absent if they are 32-bit. */
  readonly is64?: boolean;
}

/** A global variable. */
export interface GlobalType {
  /** Tells a global from the other kinds. */
  readonly kind: 'global';
  /** `undefined` for a type that {@link ValueType} has no name for, and after an initialiser that is not understood. */
  readonly type: ValueType | undefined;
  /** Such a type as the text format writes it, for example `i31ref` or `(ref 3)`; absent if it is not known. */
  readonly otherType?: string;
  /** Whether it can be set. */
  readonly mutable: boolean;
}

/** A function. */
export interface FunctionType {
  /** Tells a function from the other kinds. */
  readonly kind: 'function';
  /** `undefined` when the function has a type that {@link ValueType} has no name for. */
  readonly signature: Signature | undefined;
}

/** What can be imported and exported. */
export type ExternalType =
  | FunctionType
  | ({
      /** Tells a memory from the other kinds. */
      readonly kind: 'memory';
    } & MemoryType)
  | GlobalType
  | TableType
  | {
      /** An exception tag; its type is not given. */
      readonly kind: 'tag';
    };

/** Limits as they stand in a module's bytes. */
export interface PlacedLimits {
  readonly start: number;
  /** The byte that says what follows. */
  readonly flags: number;
  readonly end: number;
}

const has = { maximum: 1, shared: 2, is64: 4, pageSize: 8 } as const;

export function readMemoryType(reader: ByteReader): MemoryType {
  const start = reader.offset;
  const { flags, minimum, maximum } = readLimits(reader);
  if ((flags & has.pageSize) !== 0) {
    throw reader.invalid('a memory with pages of its own size, which is not supported,', start);
  }
  const is64 = (flags & has.is64) !== 0;
  const most = largestMemory(is64);
  if (minimum > most || (maximum ?? 0) > most) {
    throw reader.invalid(`a memory of more than ${most} pages`, start);
  }
  if (maximum !== undefined && minimum > maximum) {
    throw reader.invalid(`a memory of at least ${minimum} and at most ${maximum} pages`, start);
  }
  const shared = (flags & has.shared) !== 0;
  if (shared && maximum === undefined) throw reader.invalid('a shared memory without a maximum', start);
  return { minimum, maximum, shared, is64 };
}

/** The most pages that a memory can ever have. */
export function largestMemory(is64: boolean): number {
  return is64 ? 2 ** 48 : 65536;
}

/** The type of a table, and where its limits are. */
export function readTableType(reader: ByteReader): {
  readonly type: TableType;
  readonly limits: PlacedLimits;
} {
  const named = readNamedOrOther(reader, readReferenceType);
  const start = reader.offset;
  const { flags, minimum, maximum } = readLimits(reader);
  if (maximum !== undefined && minimum > maximum) {
    throw reader.invalid(`a table of at least ${minimum} and at most ${maximum} elements`, start);
  }
  const table = { kind: 'table', ...named, minimum, maximum } as const;
  return {
    type: (flags & has.is64) === 0 ? table : { ...table, is64: true },
    limits: { start, flags, end: reader.offset },
  };
}

export function readGlobalType(reader: ByteReader): GlobalType {
  const type = readNamedOrOther(reader, readValueType);
  const start = reader.offset;
  const mutability = reader.byte();
  if (mutability > 1) throw reader.invalid(`a global of the unknown mutability ${mutability}`, start);
  return { kind: 'global', ...type, mutable: mutability === 1 };
}

function readNamedOrOther<Type>(reader: ByteReader, read: (reader: ByteReader) => Type | undefined) {
  const start = reader.offset;
  const type = read(reader);
  return type === undefined
    ? { type, otherType: typeText(reader.bytes.subarray(start, reader.offset)) }
    : { type };
}

/** Reads a tag; returns the index of its type. */
export function readTag(reader: ByteReader): number {
  const start = reader.offset;
  const attribute = reader.byte();
  if (attribute !== 0) throw reader.invalid(`a tag of the unknown kind ${attribute}`, start);
  return reader.u32();
}

/** Reads the limits of a memory or table. */
export function readLimits(reader: ByteReader): {
  flags: number;
  minimum: number;
  maximum: number | undefined;
} {
  const start = reader.offset;
  const flags = reader.byte();
  if (flags > 15) throw reader.invalid(`limits with the unknown flags 0x${flags.toString(16)}`, start);
  const size = () => ((flags & has.is64) !== 0 ? Number(reader.u64()) : reader.u32());
  return { flags, minimum: size(), maximum: (flags & has.maximum) !== 0 ? size() : undefined };
}
