import type { GuestMemory } from '../../memory/guest-memory.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { WasmEdgeInstance } from './wasmedge-instance.js';

/**
 * What an instance imports from other guests, and how many import from it. WasmEdge links instances by plain pointers, so one that is
 * still pointed at must not be freed.
 */
export class InstanceLinks {
  /** How many live instances import from this one. */
  importers = 0;
  /** Whether guests it imports from may point back at it, through a table or global that it can put its functions into. */
  isReachedByOthers = false;
  /** The first memory that it imports. */
  memory: GuestMemory | undefined;
  readonly #providers = new Set<WasmEdgeInstance>();

  /** Notes an import from another guest. */
  importFrom(provider: WasmEdgeInstance, name: string, type: ExternalType): void {
    this.#providers.add(provider);
    if (type.kind === 'memory') {
      this.memory ??= provider.memoryNamed(name);
    }
    this.isReachedByOthers ||= type.kind === 'table' || (type.kind === 'global' && type.mutable);
  }

  /** The instance exists: it holds those it imports from. */
  begin(): void {
    for (const provider of this.#providers) {
      provider.links.importers++;
    }
  }

  /** The instance is being freed: it lets go of those it imports from, which are returned. */
  end(): readonly WasmEdgeInstance[] {
    for (const provider of this.#providers) {
      provider.links.importers--;
    }
    return [...this.#providers];
  }
}
