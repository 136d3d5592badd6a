import type { GuestMemory } from '../../memory/guest-memory.js';
import { exportNamed } from '../../module-types/export-named.js';
import type { ModuleTypes } from '../../module-types/module-types.js';
import type { Pointer } from '../../native/native-functions.js';
import type { GuestGlobal, GuestTable } from '../../runtime/runtime.js';
import type { EngineInstance, ExportedFunction, PreparedGuest } from '../engine.js';
import { InstanceLife } from './instance-life.js';
import type { InstanceLinks } from './instance-links.js';
import type { InstanceOwner } from './instance-owner.js';
import { wasmEdgeGlobal } from './wasmedge-global.js';
import { wasmEdgeTable } from './wasmedge-table.js';

/** One instance on WasmEdge. */
export class WasmEdgeInstance implements EngineInstance {
  readonly types: ModuleTypes;
  readonly functions: ReadonlyMap<string, ExportedFunction>;
  readonly memory: GuestMemory | undefined;
  /** The module instance. */
  readonly pointer: Pointer;
  readonly life: InstanceLife;
  readonly links: InstanceLinks;
  readonly #owner: InstanceOwner;

  constructor(guest: PreparedGuest, pointer: Pointer, links: InstanceLinks, owner: InstanceOwner) {
    this.types = guest.types;
    this.pointer = pointer;
    this.life = new InstanceLife(`The instance of the guest ${guest.label}`);
    this.links = links;
    links.begin();
    this.#owner = owner;
    this.functions = new Map(
      guest.types.exports.flatMap(({ name, type }) => {
        if (type.kind !== 'function') {
          return [];
        }
        return [[name, owner.wrapExport(this, name, type.signature, guest.label)] as const];
      }),
    );
    this.memory = links.memory ?? this.#firstExportedMemory();
  }

  memoryNamed(name: string): GuestMemory | undefined {
    const pointer = this.#find('ModuleInstanceFindMemory', name);
    return pointer === 0 ? undefined : this.#owner.memoryAt(pointer, this.life);
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

  #firstExportedMemory(): GuestMemory | undefined {
    const names = this.types.exports.filter(({ type }) => type.kind === 'memory').map(({ name }) => name);
    const name = names.includes('memory') ? 'memory' : names[0];
    return name === undefined ? undefined : this.memoryNamed(name);
  }
}
