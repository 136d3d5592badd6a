import {
  at,
  type IndexSpaces,
  type ModuleExport,
  type ModuleImport,
  readExport,
  readImport,
  readList,
} from './entries.js';
import {
  type ExternalType,
  type FunctionType,
  type MemoryType,
  readMemoryType,
  readTagType,
} from './external-types.js';
import { most } from './implementation-limits.js';
import { readGlobal, readInitialised, readTable, unknownGlobal, unknownTable } from './initialised.js';
import { readSections, sectionId } from './sections.js';
import { readTypeSection } from './type-section.js';

export type { ModuleExport, ModuleImport } from './entries.js';
export type { ExternalType, MemoryType } from './external-types.js';

/** What a module needs and gives, in the order in which it says so. */
export interface ModuleTypes {
  /** What somebody must provide before the module can be instantiated. */
  readonly imports: readonly ModuleImport[];
  /** What an instance of the module gives. */
  readonly exports: readonly ModuleExport[];
  /** The memories that the module declares itself; imported ones are not among them. */
  readonly memories: readonly MemoryType[];
  /** Whether the module has a memory, its own or an imported one. */
  readonly hasMemory: boolean;
  /** A name under which memory 0 is exported. */
  readonly memoryExport: string | undefined;
  /** Whether a function of the module runs while it is instantiated. */
  readonly hasStart: boolean;
  /** Whether the module has a table or global, its own or an imported one, that can hold an `externref` from one call to the next. */
  readonly keepsExternrefs: boolean;
}

/**
 * Reads the imports and exports of a module in the binary format. This is not a validation: code and data are not looked at, and a
 * module that is read here can still be refused by an engine.
 *
 * @throws {InvalidGuestError} when the bytes are empty, truncated, another format or malformed.
 */
export function readModuleTypes(bytes: Uint8Array): ModuleTypes {
  let types: FunctionType[] = [];
  let imports: ModuleImport[] = [];
  let exports: ModuleExport[] = [];
  let memories: MemoryType[] = [];
  let hasStart = false;
  const spaces: IndexSpaces = { function: [], table: [], memory: [], global: [], tag: [] };
  const declare = (entries: readonly ExternalType[]) => {
    for (const entry of entries) spaces[entry.kind].push(entry);
  };

  for (const { id, reader } of readSections(bytes)) {
    switch (id) {
      case sectionId.type:
        // One object for each type, which all functions of the type share: a module can have a million of them.
        types = readTypeSection(reader).map(({ signature }) => ({ kind: 'function', signature }));
        break;
      case sectionId.import:
        imports = readList(reader, () => readImport(reader, types), 'imports', most.imports);
        declare(imports.map((entry) => entry.type));
        break;
      case sectionId.function:
        declare(readList(reader, () => at(reader, types, 'type'), 'functions', most.functions));
        break;
      case sectionId.table:
        declare(readInitialised(reader, readTable, unknownTable, 'tables', most.tables));
        break;
      case sectionId.memory:
        memories = readList(reader, () => readMemoryType(reader), 'memories', most.memories);
        declare(memories.map((memory) => ({ kind: 'memory', ...memory })));
        break;
      case sectionId.tag:
        declare(readList(reader, () => readTagType(reader), 'tags', most.tags));
        break;
      case sectionId.global:
        declare(readInitialised(reader, readGlobal, unknownGlobal, 'globals', most.globals));
        break;
      case sectionId.export:
        exports = readList(reader, () => readExport(reader, spaces), 'exports', most.exports);
        break;
      case sectionId.start:
        hasStart = true;
        continue;
      default:
        continue;
    }
    reader.requireEnd();
  }
  // Entries of one index are one object.
  const [memory] = spaces.memory;
  const memoryExport = memory === undefined ? undefined : exports.find(({ type }) => type === memory)?.name;
  const hasMemory = memory !== undefined;
  const keepsExternrefs = [...spaces.table, ...spaces.global].some(mayHoldExternref);
  return { imports, exports, memories, hasMemory, memoryExport, hasStart, keepsExternrefs };
}

/** References that have no name here may lead to an `externref`, in a struct for example. */
function mayHoldExternref(entry: ExternalType): boolean {
  return (
    (entry.kind === 'table' || entry.kind === 'global') &&
    (entry.type === undefined || entry.type === 'externref')
  );
}
