import type { GuestMemory } from '../../memory/guest-memory.js';
import { addedMemoryName } from '../../module-types/added-exports.js';
import { exportNamed } from '../../module-types/export-named.js';
import type { ModuleTypes } from '../../module-types/module-types.js';
import type { Pointer } from '../../native/native-functions.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import type { GuestTable } from '../../values/guest-table.js';
import type { EngineInstance, ExportedFunction, PreparedGuest } from '../engine.js';
import { refusedExports } from '../refused-exports.js';
import type { FunctionOrigin } from './function-origin.js';
import { InstanceLife } from './instance-life.js';
import type { InstanceLinks } from './instance-links.js';
import type { InstanceOwner, OwnedInstance } from './instance-owner.js';
import { wasmEdgeGlobal } from './wasmedge-global.js';
import { wasmEdgeTable } from './wasmedge-table.js';

/** One instance on WasmEdge. */
export class WasmEdgeInstance implements EngineInstance, OwnedInstance {
  readonly types: ModuleTypes;
  memory: GuestMemory | undefined;
  readonly pointer: Pointer;
  readonly life: InstanceLife;
  readonly links: InstanceLinks;
  readonly #owner: InstanceOwner;
  readonly #label: string;
  #functions: ReadonlyMap<string, ExportedFunction> | undefined;
  #given: ReadonlyMap<string, ExportedFunction> | undefined;
  #memories: Map<Pointer, GuestMemory> | undefined;

  constructor(guest: PreparedGuest, pointer: Pointer, links: InstanceLinks, owner: InstanceOwner) {
    this.types = guest.imports.types;
    this.pointer = pointer;
    this.life = new InstanceLife(guest.instanceLabel ?? `The instance of the guest ${guest.label}`);
    this.links = links;
    links.begin();
    this.#owner = owner;
    this.#label = guest.label;
  }

  /** To be called once, when the owner knows the instance: it may fail, and what is in C must be freed then. */
  findMemory(): void {
    const { memoryExport } = this.types;
    const name = memoryExport ?? addedMemoryName(this.types);
    const pointer = this.links.memory ?? (name === undefined ? 0 : this.memoryPointer(name));
    if (pointer !== 0) this.memory = this.#memoryAt(pointer);
  }

  get functions(): ReadonlyMap<string, ExportedFunction> {
    this.#given ??= this.life.disposed
      ? refusedExports(this.types, () => this.life.refuseWhenDisposed())
      : this.wrapExports();
    return this.#given;
  }

  wrapExports(): ReadonlyMap<string, ExportedFunction> {
    if (this.#functions !== undefined) return this.#functions;
    const functions = new Map<string, ExportedFunction>();
    for (const { name, type } of this.types.exports) {
      if (type.kind !== 'function') continue;
      functions.set(name, this.#owner.wrapExport(this, name, type.signature, this.#label));
    }
    this.#functions = functions;
    this.#owner.forgetPending(this);
    return functions;
  }

  memoryNamed(name: string): GuestMemory | undefined {
    const isExported = exportNamed(this.types, name) !== undefined;
    const pointer = isExported ? this.memoryPointer(name) : 0;
    return pointer === 0 ? undefined : this.#memoryAt(pointer);
  }

  /** The memory that it exports under a name; 0 if there is none. */
  memoryPointer(name: string): Pointer {
    return this.#find('ModuleInstanceFindMemory', name);
  }

  /** What another guest imports in C when it imports this export. */
  originOf(name: string): FunctionOrigin {
    return this.links.origins?.get(name) ?? { module: this.links.nameInStore, name, owner: this.life };
  }

  #memoryAt(pointer: Pointer): GuestMemory {
    // One for each, since koffi keeps something of every view that it makes.
    this.#memories ??= new Map();
    let memory = this.#memories.get(pointer);
    if (memory === undefined) {
      memory = this.#owner.memoryAt(pointer, this.life);
      this.#memories.set(pointer, memory);
    }
    return memory;
  }

  globalNamed(name: string): GuestGlobal | undefined {
    const type = exportNamed(this.types, name);
    const { library, references } = this.#owner;
    return type?.kind === 'global'
      ? wasmEdgeGlobal(
          name,
          this.#find('ModuleInstanceFindGlobal', name),
          type,
          library,
          references,
          this.life,
        )
      : undefined;
  }

  tableNamed(name: string): GuestTable | undefined {
    const type = exportNamed(this.types, name);
    const { library, references } = this.#owner;
    return type?.kind === 'table'
      ? wasmEdgeTable(name, this.#find('ModuleInstanceFindTable', name), type, library, references, this.life)
      : undefined;
  }

  [Symbol.dispose](): void {
    if (!this.life.disposed) {
      this.life.disposed = true;
      this.#owner.release(this);
    }
  }

  #find(
    finder: 'ModuleInstanceFindMemory' | 'ModuleInstanceFindGlobal' | 'ModuleInstanceFindTable',
    name: string,
  ): Pointer {
    this.life.refuseWhenDisposed();
    const { c, strings } = this.#owner.library;
    return Number(c[finder](this.pointer, strings.pass(name)));
  }
}
