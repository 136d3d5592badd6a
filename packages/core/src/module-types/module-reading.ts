import type { ModuleExport, ModuleImport } from './entries.js';
import type { MemoryType } from './external-types.js';
import type { DeclaredTable } from './initialised.js';

/** A module's imports and exports, in the module's order. */
export interface ModuleTypes {
  /** The imports that must be provided before the module can be instantiated. */
  readonly imports: readonly ModuleImport[];
  /** The exports of an instance of the module. */
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

/** Where a section is in a module's bytes: from its id to the end of its content. */
export interface SectionPlace {
  readonly id: number;
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** Everything that one pass over a module's bytes reveals. */
export interface ModuleReading {
  readonly bytes: Uint8Array;
  readonly types: ModuleTypes;
  /** The tables that the module declares itself. */
  readonly tables: readonly DeclaredTable[];
  /** Where each import begins, with the name of its module. */
  readonly importStarts: readonly number[];
  /** By the name of an exported function that is imported itself, the index of that import. */
  readonly reexports: ReadonlyMap<string, number>;
  /** Sections by their id, without the custom ones. */
  readonly places: ReadonlyMap<number, SectionPlace>;
  /** The custom sections that WasmEdge would take for compiled code, in order. */
  readonly compiledCode: readonly SectionPlace[];
}

/** What is refused besides bytes that are not a module. */
export interface ModuleChecks {
  /** Few bytes that stand for much code, and more of something than any guest may have. */
  readonly code: boolean;
  /** Types that libwasmedge could not compare. */
  readonly nesting: boolean;
}
