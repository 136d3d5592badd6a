import type { GuestMemory } from '../../memory/guest-memory.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { InstanceLife } from './instance-life.js';
import type { WasmEdgeInstance } from './wasmedge-instance.js';

/**
 * What an instance imports from other guests. WasmEdge links instances by plain pointers, so one that is still pointed at must not be
 * freed.
 */
export class InstanceLinks {
  /** Whether guests it imports from may point back at it, through a table, global or call that it can put its functions into. */
  isReachedByOthers = false;
  /** The first memory that it imports. */
  memory: GuestMemory | undefined;
  /** The instances that it imports from; to be let go once it is freed. */
  readonly providers = new Set<InstanceLife>();

  /** Notes an import from another guest. */
  importFrom(provider: WasmEdgeInstance, name: string, type: ExternalType): void {
    this.providers.add(provider.life);
    if (type.kind === 'memory') {
      this.memory ??= provider.memoryNamed(name);
    }
    this.isReachedByOthers ||= takesReferences(type);
  }

  /** The instance exists: it holds those it imports from. */
  begin(): void {
    for (const provider of this.providers) {
      provider.hold();
    }
  }
}

function takesReferences(type: ExternalType): boolean {
  switch (type.kind) {
    case 'function':
      return type.signature === undefined || type.signature.params.includes('funcref');
    case 'global':
      return type.mutable;
    default:
      return type.kind === 'table';
  }
}
