import type { EngineInstance, ExportedFunction } from '../engines/engine.js';
import { ExportMismatchError, UnknownExportError } from '../errors/link-errors.js';
import { shownName } from '../errors/printable.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import { exportNamed } from '../module-types/export-named.js';
import type { ModuleTypes } from '../module-types/module-types.js';
import type { GuestGlobal } from '../values/guest-global.js';
import type { GuestTable } from '../values/guest-table.js';
import { formatSignature, type Signature, sameSignature } from '../values/signature.js';
import { exportsObject } from './exports-object.js';
import type { Instance } from './runtime.js';

/** An instance as the host sees it, on any engine. */
export class GuestInstance<Exports> implements Instance<Exports> {
  readonly #label: string;
  readonly #engine: EngineInstance;
  readonly #forget: () => void;
  #exports: Exports | undefined;

  constructor(label: string, engine: EngineInstance, forget: () => void) {
    this.#label = label;
    this.#engine = engine;
    this.#forget = forget;
  }

  /** The types of its imports and exports. */
  get types(): ModuleTypes {
    return this.#engine.types;
  }

  /** Made when it is first asked for: a command needs none, and a guest can export many functions. */
  get exports(): Exports {
    this.#exports ??= exportsObject(this.#engine.functions, (name) =>
      this.#unknown(name, 'function'),
    ) as Exports;
    return this.#exports;
  }

  /** One of the exported functions, without all others. */
  exportedFunction(name: string): ExportedFunction {
    return this.#engine.functions.get(name) ?? this.#unknown(name, 'function');
  }

  get memory(): GuestMemory | undefined {
    return this.#engine.memory;
  }

  exportedMemory(name: string): GuestMemory {
    return this.#engine.memoryNamed(name) ?? this.#unknown(name, 'memory');
  }

  exportedGlobal(name: string): GuestGlobal {
    return this.#engine.globalNamed(name) ?? this.#unknown(name, 'global');
  }

  exportedTable(name: string): GuestTable {
    return this.#engine.tableNamed(name) ?? this.#unknown(name, 'table');
  }

  /** Throws unless the guest exports functions of these signatures. */
  requireSignatures(declared: Readonly<Record<string, Signature>>): void {
    for (const [name, wanted] of Object.entries(declared)) {
      const found = exportNamed(this.#engine.types, name);
      if (found?.kind !== 'function') {
        this.#unknown(name, 'function');
      }
      if (found.signature === undefined || !sameSignature(found.signature, wanted)) {
        const actual =
          found.signature === undefined
            ? 'a type that JavaScript cannot pass'
            : formatSignature(found.signature);
        throw new ExportMismatchError(
          `The guest ${this.#label} exports "${shownName(name)}" as ${actual}, and ${formatSignature(wanted)} was declared; correct the declaration.`,
        );
      }
    }
  }

  [Symbol.dispose](): void {
    this.#forget();
    this.#engine[Symbol.dispose]();
  }

  #unknown(name: string, kind: string): never {
    const same = this.#engine.types.exports
      .filter((entry) => entry.type.kind === kind)
      .map((entry) => entry.name);
    const other = exportNamed(this.#engine.types, name);
    throw new UnknownExportError(
      other === undefined
        ? `The guest ${this.#label} exports no ${kind} "${shownName(name)}"; it exports ${same.length === 0 ? `no ${kind}` : same.slice(0, 20).map(shownName).join(', ')}.`
        : `The guest ${this.#label} exports "${shownName(name)}" as a ${other.kind}, not as a ${kind}.`,
    );
  }
}
