import { GuestMemory } from '../../memory/guest-memory.js';
import { addedMemoryName } from '../../module-types/added-exports.js';
import { exportNamed } from '../../module-types/export-named.js';
import type { ModuleTypes } from '../../module-types/module-types.js';
import type { TableShare } from '../../module-types/table-budget.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import type { GuestTable } from '../../values/guest-table.js';
import { refuseDisposed } from '../call-state.js';
import type { EngineInstance, ExportedFunction, PreparedGuest } from '../engine.js';
import { refusedExports } from '../refused-exports.js';
import { wrapV8Export, wrapV8HostExport } from './v8-export.js';
import type { V8ExportContext } from './v8-export-context.js';
import { v8Global } from './v8-global.js';
import type { HostImport } from './v8-host-exports.js';
import { v8MemorySource } from './v8-memory.js';
import { v8Table } from './v8-table.js';

/** What holds the tables of an instance besides itself. */
export interface TableHold {
  readonly share: TableShare;
  readonly providers: readonly TableHold[];
  /** Whether others may have been given references to what is in it. */
  readonly isReachedByOthers: boolean;
  /** How many instances import from it that have not let go themselves. */
  importers: number;
  isDisposed: boolean;
}

/** What an instance got for its imports. */
export interface V8Links {
  readonly hold: TableHold;
  /** The first memory that it imports. */
  readonly memory: WebAssembly.Memory | undefined;
  /** The host functions that it imports, also from guests that export them, by the index of the import. */
  readonly hostImports: ReadonlyMap<number, HostImport>;
}

/** One instance on V8. */
export class V8Instance implements EngineInstance {
  readonly types: ModuleTypes;
  readonly memory: GuestMemory | undefined;
  /** The exports as V8 has them, for guests that import this one. */
  readonly raw: WebAssembly.Exports;
  readonly hold: TableHold;
  readonly #context: V8ExportContext;
  readonly #instanceLabel: string;
  readonly #forget: (ended: V8Instance) => void;
  readonly #reexports: ReadonlyMap<string, number>;
  readonly #hostImports: ReadonlyMap<number, HostImport>;
  #functions: ReadonlyMap<string, ExportedFunction> | undefined;
  #given: ReadonlyMap<string, ExportedFunction> | undefined;

  constructor(
    { label, instanceLabel = `The instance of the guest ${label}`, code, imports: { types } }: PreparedGuest,
    raw: WebAssembly.Exports,
    { hold, memory: importedMemory, hostImports }: V8Links,
    context: V8ExportContext,
    forget: (ended: V8Instance) => void,
  ) {
    this.types = types;
    this.raw = raw;
    this.hold = hold;
    this.#context = context;
    this.#instanceLabel = instanceLabel;
    this.#forget = forget;
    this.#reexports = code.reading.reexports;
    this.#hostImports = hostImports;
    const memoryName = types.memoryExport ?? addedMemoryName(types);
    const memory = importedMemory ?? (memoryName === undefined ? undefined : raw[memoryName]);
    this.memory = memory instanceof WebAssembly.Memory ? this.#guestMemory(memory) : undefined;
  }

  get functions(): ReadonlyMap<string, ExportedFunction> {
    this.#given ??= this.#context.life.disposed
      ? refusedExports(this.types, this.#refuseWhenDisposed)
      : this.wrapExports();
    return this.#given;
  }

  wrapExports(): ReadonlyMap<string, ExportedFunction> {
    if (this.#functions !== undefined) return this.#functions;
    const context = this.#context;
    const functions = new Map<string, ExportedFunction>();
    for (const { name, type } of this.types.exports) {
      if (type.kind !== 'function') continue;
      const { signature } = type;
      const raw = this.raw[name] as ExportedFunction;
      const host = this.hostExport(name);
      const wrapper =
        host === undefined || signature === undefined
          ? wrapV8Export(name, signature, raw, context)
          : wrapV8HostExport(name, signature, raw, host, context);
      functions.set(name, wrapper);
    }
    this.#functions = functions;
    context.references.pending.delete(this);
    return functions;
  }

  /** The host function that the instance exports as it is under this name, if there is one. */
  hostExport(name: string): HostImport | undefined {
    const index = this.#reexports.get(name);
    return index === undefined ? undefined : this.#hostImports.get(index);
  }

  memoryNamed(name: string): GuestMemory | undefined {
    const memory = this.raw[name];
    return exportNamed(this.types, name) !== undefined && memory instanceof WebAssembly.Memory
      ? this.#guestMemory(memory)
      : undefined;
  }

  globalNamed(name: string): GuestGlobal | undefined {
    const type = exportNamed(this.types, name);
    const global = this.raw[name];
    const { references, life } = this.#context;
    return type?.kind === 'global' && global instanceof WebAssembly.Global
      ? v8Global(name, global, type, references, life, this.#refuseWhenDisposed)
      : undefined;
  }

  tableNamed(name: string): GuestTable | undefined {
    const type = exportNamed(this.types, name);
    const table = this.raw[name];
    const { references, life } = this.#context;
    return type?.kind === 'table' && table instanceof WebAssembly.Table
      ? v8Table(name, table, type, references, life, this.#refuseWhenDisposed)
      : undefined;
  }

  [Symbol.dispose](): void {
    this.#context.life.disposed = true;
    this.#forget(this);
  }

  readonly #refuseWhenDisposed = (): void => {
    if (this.#context.life.disposed) {
      refuseDisposed(this.#instanceLabel);
    }
  };

  #guestMemory(memory: WebAssembly.Memory): GuestMemory {
    return new GuestMemory(v8MemorySource(memory, this.#context.life, this.#refuseWhenDisposed));
  }
}
