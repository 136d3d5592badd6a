import type { ByteReader } from './byte-reader.js';
import { checkBodies } from './check-code.js';
import { NestingCheck } from './check-nesting.js';
import { isCompiledCode } from './compiled-code-section.js';
import {
  at,
  type ModuleExport,
  type ModuleImport,
  type References,
  readExport,
  readImport,
  readList,
} from './entries.js';
import {
  type ExternalType,
  type FunctionType,
  type GlobalType,
  type MemoryType,
  readMemoryType,
  readTag,
  type TableType,
} from './external-types.js';
import { most } from './implementation-limits.js';
import { type DeclaredTable, readGlobals, readTables } from './initialised.js';
import type { ModuleChecks, ModuleReading, SectionPlace } from './module-reading.js';
import { readSections, type Section, sectionId } from './sections.js';
import { type DefinedType, readTypeSection, unknownType } from './type-section.js';

/**
 * Reads a module in one pass over its bytes. This is not a validation: an engine can still refuse it.
 *
 * @throws {InvalidGuestError} when the bytes are not a module, or for what `checks` refuses.
 */
export function readModule(bytes: Uint8Array, checks: ModuleChecks): ModuleReading {
  const pass = new ModulePass(checks);
  for (const section of readSections(bytes)) pass.read(section);
  return pass.result(bytes);
}

const tag = { kind: 'tag' } as const;

class ModulePass implements References {
  readonly #code: boolean;
  readonly #nesting: NestingCheck | undefined;
  #types: DefinedType[] = [];
  #imports: ModuleImport[] = [];
  #exports: ModuleExport[] = [];
  #memories: MemoryType[] = [];
  #declaredTables: DeclaredTable[] = [];
  #hasStart = false;
  // What the module imports and declares, by index.
  readonly #functions: DefinedType[] = [];
  readonly #tables: TableType[] = [];
  readonly #allMemories: ExternalType[] = [];
  readonly #globals: GlobalType[] = [];
  readonly #tags: DefinedType[] = [];
  #ownFunctions = 0;
  readonly #importStarts: number[] = [];
  /** For each imported function, the index of its import. */
  readonly #functionImports: number[] = [];
  readonly #reexports = new Map<string, number>();
  readonly #places = new Map<number, SectionPlace>();
  readonly #compiledCode: SectionPlace[] = [];

  constructor({ code, nesting }: ModuleChecks) {
    this.#code = code;
    this.#nesting = nesting ? new NestingCheck() : undefined;
  }

  read({ id, start, reader }: Section): void {
    const place = { id, start, content: reader.offset, end: reader.end };
    if (id === sectionId.custom) {
      if (isCompiledCode(reader)) this.#compiledCode.push(place);
      return;
    }
    this.#places.set(id, place);
    if (this.#readDeclarations(id, reader)) reader.requireEnd();
    else if (this.#code) this.#checkContent(id, reader);
  }

  result(bytes: Uint8Array): ModuleReading {
    const [memory] = this.#allMemories;
    // Entries of one index are one object.
    const exported = memory && this.#exports.find(({ type }) => type === memory);
    const types = {
      imports: this.#imports,
      exports: this.#exports,
      memories: this.#memories,
      hasMemory: memory !== undefined,
      memoryExport: exported?.name,
      hasStart: this.#hasStart,
      keepsExternrefs: this.#tables.some(mayHoldExternref) || this.#globals.some(mayHoldExternref),
    };
    const tables = this.#declaredTables;
    return {
      ...{ bytes, types, tables },
      importStarts: this.#importStarts,
      reexports: this.#reexports,
      places: this.#places,
      compiledCode: this.#compiledCode,
    };
  }

  /** Reads what the types of imports and exports need; false for what they do not need. */
  #readDeclarations(id: number, reader: ByteReader): boolean {
    switch (id) {
      case sectionId.type:
        this.#types = readTypeSection(reader, this.#nesting);
        return true;
      case sectionId.import:
        this.#imports = readList(reader, () => this.#readImport(reader), 'imports', most.imports);
        return true;
      case sectionId.function:
        this.#ownFunctions = this.#functions.length;
        for (let left = reader.count('functions', most.functions); left > 0; left--) {
          this.#functions.push(at(reader, this.#types, 'type'));
        }
        return true;
      case sectionId.table:
        this.#declaredTables = readTables(reader, this.#code);
        for (const { type } of this.#declaredTables) this.#tables.push(type);
        return true;
      case sectionId.memory:
        this.#memories = readList(reader, () => readMemoryType(reader), 'memories', most.memories);
        for (const memory of this.#memories) this.#allMemories.push({ kind: 'memory', ...memory });
        return true;
      case sectionId.tag:
        for (let left = reader.count('tags', most.tags); left > 0; left--) this.passTag(reader);
        return true;
      case sectionId.global:
        for (const global of readGlobals(reader)) this.#globals.push(global);
        return true;
      case sectionId.export:
        this.#exports = readList(reader, () => this.#readExport(reader), 'exports', most.exports);
        return true;
      case sectionId.start:
        this.#hasStart = true;
        return false;
      default:
        return false;
    }
  }

  #checkContent(id: number, reader: ByteReader): void {
    if (id === sectionId.element) reader.count('element segments', most.elementSegments);
    if (id === sectionId.data) reader.count('data segments', most.dataSegments);
    if (id === sectionId.code) {
      const functions = this.#functions;
      checkBodies(reader, this.#ownFunctions, { types: this.#types, functions, tags: this.#tags });
    }
  }

  #readImport(reader: ByteReader): ModuleImport {
    const start = reader.offset;
    const entry = readImport(reader, this);
    const { type } = entry;
    if (type.kind === 'function') this.#functionImports.push(this.#importStarts.length);
    if (type.kind === 'table') this.#tables.push(type);
    if (type.kind === 'memory') this.#allMemories.push(type);
    if (type.kind === 'global') this.#globals.push(type);
    this.#importStarts.push(start);
    this.#nesting?.addImport(reader.since(start));
    return entry;
  }

  #readExport(reader: ByteReader): ModuleExport {
    const start = reader.offset;
    const entry = readExport(reader, this.#exportedType);
    if (entry.type.kind === 'function' && this.#functionImports.length > 0) {
      const index = this.#functionImports[exportedIndex(reader.since(start))];
      if (index !== undefined) this.#reexports.set(entry.name, index);
    }
    return entry;
  }

  functionType(reader: ByteReader): FunctionType {
    const type = at(reader, this.#types, 'type');
    this.#functions.push(type);
    return type.external;
  }

  passTag(reader: ByteReader): void {
    this.#tags.push(this.#types[readTag(reader)] ?? unknownType);
  }

  readonly #exportedType = (kind: ExternalType['kind'], reader: ByteReader): ExternalType => {
    switch (kind) {
      case 'function':
        return at(reader, this.#functions, kind).external;
      case 'table':
        return at(reader, this.#tables, kind);
      case 'memory':
        return at(reader, this.#allMemories, kind);
      case 'global':
        return at(reader, this.#globals, kind);
      case 'tag':
        at(reader, this.#tags, kind);
        return tag;
    }
  };
}

function exportedIndex(reader: ByteReader): number {
  reader.skip(reader.u32() + 1);
  return reader.u32();
}

/** References that have no name here may lead to an `externref`, in a struct for example. */
function mayHoldExternref({ type }: TableType | GlobalType): boolean {
  return type === undefined || type === 'externref';
}
