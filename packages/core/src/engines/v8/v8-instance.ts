import { GuestMemory } from '../../memory/guest-memory.js';
import { exportNamed } from '../../module-types/export-named.js';
import type { ModuleTypes } from '../../module-types/module-types.js';
import type { TableShare } from '../../module-types/table-budget.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import type { GuestTable } from '../../values/guest-table.js';
import { type CallState, refuseDisposed } from '../call-state.js';
import type { EngineInstance, ExportedFunction, PreparedGuest } from '../engine.js';
import { wrapV8Export } from './v8-export.js';
import type { V8ExportContext } from './v8-export-context.js';
import { v8Global } from './v8-global.js';
import { V8Life } from './v8-life.js';
import { v8MemorySource } from './v8-memory.js';
import type { V8References } from './v8-references.js';
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

/** One instance on V8. */
export class V8Instance implements EngineInstance {
  readonly types: ModuleTypes;
  readonly memory: GuestMemory | undefined;
  /** The exports as V8 has them, for guests that import this one. */
  readonly raw: WebAssembly.Exports;
  readonly hold: TableHold;
  readonly #life = new V8Life();
  readonly #label: string;
  readonly #state: CallState;
  readonly #forget: (ended: V8Instance) => void;
  readonly #references: V8References;
  #functions: ReadonlyMap<string, ExportedFunction> | undefined;

  constructor(
    { label, imports: { types } }: PreparedGuest,
    raw: WebAssembly.Exports,
    importedMemory: WebAssembly.Memory | undefined,
    state: CallState,
    references: V8References,
    hold: TableHold,
    forget: (ended: V8Instance) => void,
  ) {
    this.types = types;
    this.raw = raw;
    this.hold = hold;
    this.#label = label;
    this.#state = state;
    this.#forget = forget;
    this.#references = references;
    const { memoryExport } = types;
    const memory = importedMemory ?? (memoryExport === undefined ? undefined : raw[memoryExport]);
    this.memory = memory instanceof WebAssembly.Memory ? this.#guestMemory(memory) : undefined;
  }

  get functions(): ReadonlyMap<string, ExportedFunction> {
    return this.#functions ?? this.wrapExports();
  }

  wrapExports(): ReadonlyMap<string, ExportedFunction> {
    if (this.#functions !== undefined) return this.#functions;
    const context: V8ExportContext = {
      state: this.#state,
      references: this.#references,
      life: this.#life,
      label: this.#label,
    };
    const functions = new Map<string, ExportedFunction>();
    for (const { name, type } of this.types.exports) {
      if (type.kind === 'function') {
        functions.set(name, wrapV8Export(name, type.signature, this.raw[name] as ExportedFunction, context));
      }
    }
    this.#functions = functions;
    this.#references.pending.delete(this);
    return functions;
  }

  memoryNamed(name: string): GuestMemory | undefined {
    const memory = this.raw[name];
    return memory instanceof WebAssembly.Memory ? this.#guestMemory(memory) : undefined;
  }

  globalNamed(name: string): GuestGlobal | undefined {
    const type = exportNamed(this.types, name);
    const global = this.raw[name];
    return type?.kind === 'global' && global instanceof WebAssembly.Global
      ? v8Global(name, global, type, this.#references, this.#refuseWhenDisposed)
      : undefined;
  }

  tableNamed(name: string): GuestTable | undefined {
    const type = exportNamed(this.types, name);
    const table = this.raw[name];
    return type?.kind === 'table' && table instanceof WebAssembly.Table
      ? v8Table(name, table, type, this.#references, this.#refuseWhenDisposed)
      : undefined;
  }

  [Symbol.dispose](): void {
    this.#life.disposed = true;
    this.#forget(this);
  }

  readonly #refuseWhenDisposed = (): void => {
    if (this.#life.disposed) {
      refuseDisposed(`The instance of the guest ${this.#label}`);
    }
  };

  #guestMemory(memory: WebAssembly.Memory): GuestMemory {
    return new GuestMemory(v8MemorySource(memory, this.#refuseWhenDisposed));
  }
}
