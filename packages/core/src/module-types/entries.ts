import type { ByteReader } from './byte-reader.js';
import {
  type ExternalType,
  type FunctionType,
  readGlobalType,
  readMemoryType,
  readTableType,
} from './external-types.js';

/** One import of a module. */
export interface ModuleImport {
  /** Module part of the name under which it is imported. */
  readonly module: string;
  /** Field part of the name under which it is imported; several imports may have the same name. */
  readonly name: string;
  /** The type that the guest expects. */
  readonly type: ExternalType;
}

/** One export of a module. */
export interface ModuleExport {
  /** The name, unique among the module's exports. */
  readonly name: string;
  /** The type of the export. */
  readonly type: ExternalType;
}

/** Finds, by the index that comes next, what a module refers to. */
export interface References {
  /** The type of an imported function. */
  functionType(reader: ByteReader): FunctionType;
  /** Passes over the type of an imported tag. */
  passTag(reader: ByteReader): void;
}

const kinds = ['function', 'table', 'memory', 'global', 'tag'] as const;

export function readList<T>(reader: ByteReader, readOne: () => T, what: string, most: number): T[] {
  const list: T[] = [];
  for (let count = reader.count(what, most); count > 0; count--) list.push(readOne());
  return list;
}

/** Reads an index into `space` and gives what is there. */
export function at<T>(reader: ByteReader, space: readonly T[], kind: string): T {
  const start = reader.offset;
  const index = reader.u32();
  const found = space[index];
  if (found === undefined) {
    throw reader.invalid(
      `the index ${index} where the module has ${space.length} of the kind ${kind}`,
      start,
    );
  }
  return found;
}

export function readImport(reader: ByteReader, references: References): ModuleImport {
  const module = reader.name();
  const name = reader.name();
  switch (readKind(reader)) {
    case 'function':
      return { module, name, type: references.functionType(reader) };
    case 'table':
      return { module, name, type: readTableType(reader).type };
    case 'memory':
      return { module, name, type: { kind: 'memory', ...readMemoryType(reader) } };
    case 'global':
      return { module, name, type: readGlobalType(reader) };
    case 'tag':
      references.passTag(reader);
      return { module, name, type: { kind: 'tag' } };
  }
}

/** Reads an export; `typeOf` finds what it is by the index that comes next. */
export function readExport(
  reader: ByteReader,
  typeOf: (kind: ExternalType['kind'], reader: ByteReader) => ExternalType,
): ModuleExport {
  const name = reader.name();
  return { name, type: typeOf(readKind(reader), reader) };
}

function readKind(reader: ByteReader): (typeof kinds)[number] {
  const start = reader.offset;
  const code = reader.byte();
  const kind = kinds[code];
  if (kind === undefined) throw reader.invalid(`an import or export of the unknown kind ${code}`, start);
  return kind;
}
