import { GuestMemory } from '../../memory/guest-memory.js';
import { exportNamed } from '../../module-types/export-named.js';
import type { ModuleTypes } from '../../module-types/module-types.js';
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

/** One instance on V8. */
export class V8Instance implements EngineInstance {
  readonly types: ModuleTypes;
  readonly functions: ReadonlyMap<string, ExportedFunction>;
  readonly memory: GuestMemory | undefined;
  /** The exports as V8 has them, for guests that import this one. */
  readonly raw: WebAssembly.Exports;
  readonly #life = new V8Life();
  readonly #label: string;
  readonly #forget: (ended: V8Instance) => void;
  readonly #references: V8References;

  constructor(
    guest: PreparedGuest,
    raw: WebAssembly.Exports,
    importedMemory: WebAssembly.Memory | undefined,
    state: CallState,
    references: V8References,
    forget: (ended: V8Instance) => void,
  ) {
    this.types = guest.types;
    this.raw = raw;
    this.#label = guest.label;
    this.#forget = forget;
    this.#references = references;
    const context: V8ExportContext = { state, references, life: this.#life, label: guest.label };
    this.functions = new Map(
      guest.types.exports.flatMap(({ name, type }) =>
        type.kind === 'function'
          ? [[name, wrapV8Export(name, type.signature, raw[name] as ExportedFunction, context)] as const]
          : [],
      ),
    );
    const { memoryExport } = guest.types;
    const memory = importedMemory ?? (memoryExport === undefined ? undefined : raw[memoryExport]);
    this.memory = memory instanceof WebAssembly.Memory ? this.#guestMemory(memory) : undefined;
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
