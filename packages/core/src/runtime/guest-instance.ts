import type { EngineInstance, ExportedFunction } from '../engines/engine.js';
import { UnknownExportError } from '../errors/link-errors.js';
import { shownName } from '../errors/printable.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import { exportNamed } from '../module-types/export-named.js';
import type { ExternalType, ModuleTypes } from '../module-types/module-types.js';
import type { GuestGlobal } from '../values/guest-global.js';
import type { GuestTable } from '../values/guest-table.js';
import type { FunctionOf, Signature } from '../values/signature.js';
import type { ValueOf, ValueType } from '../values/value-types.js';
import { exportTypesOf } from './export-types-of.js';
import { exportsObject } from './exports-object.js';
import { checkGlobalType, requireGlobalType } from './require-global-type.js';
import { checkSignature, requireSignature } from './require-signature.js';
import type { Instance } from './runtime.js';

/** An instance as the host sees it, on any engine. */
export class GuestInstance<Exports> implements Instance<Exports> {
  readonly #label: string;
  readonly #engine: EngineInstance;
  readonly #forget: () => void;
  #exports: Exports | undefined;
  #exportTypes: ReadonlyMap<string, ExternalType> | undefined;

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
  functionNamed(name: string): ExportedFunction {
    return this.#engine.functions.get(name) ?? this.#unknown(name, 'function');
  }

  get exportTypes(): ReadonlyMap<string, ExternalType> {
    this.#exportTypes ??= exportTypesOf(this.#engine.types.exports);
    return this.#exportTypes;
  }

  get memory(): GuestMemory | undefined {
    return this.#engine.memory;
  }

  exportedFunction<const S extends Signature>(name: string, signature: S): FunctionOf<S> {
    checkSignature(signature);
    this.#requireFunction(name, signature);
    return this.functionNamed(name) as FunctionOf<S>;
  }

  exportedMemory(name: string): GuestMemory {
    return this.#engine.memoryNamed(name) ?? this.#unknown(name, 'memory');
  }

  exportedGlobal(name: string): GuestGlobal;
  exportedGlobal<const Type extends ValueType>(name: string, type: Type): GuestGlobal<ValueOf[Type]>;
  exportedGlobal(name: string, type?: ValueType): GuestGlobal {
    if (type !== undefined) checkGlobalType(type);
    const global = this.#engine.globalNamed(name) ?? this.#unknown(name, 'global');
    if (type !== undefined) requireGlobalType(`The guest ${this.#label}`, name, global, type);
    return global;
  }

  exportedTable(name: string): GuestTable {
    return this.#engine.tableNamed(name) ?? this.#unknown(name, 'table');
  }

  /** Throws unless the guest exports functions of these signatures. */
  requireSignatures(declared: Readonly<Record<string, Signature>>): void {
    for (const [name, wanted] of Object.entries(declared)) this.#requireFunction(name, wanted);
  }

  [Symbol.dispose](): void {
    this.#forget();
    this.#engine[Symbol.dispose]();
  }

  #requireFunction(name: string, wanted: Signature): void {
    const found = exportNamed(this.#engine.types, name);
    if (found?.kind !== 'function') this.#unknown(name, 'function');
    requireSignature(`The guest ${this.#label}`, name, found, wanted);
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
