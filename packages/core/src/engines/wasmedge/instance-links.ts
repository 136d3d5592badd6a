import type { ExternalType } from '../../module-types/module-types.js';
import type { Pointer } from '../../native/native-functions.js';
import { carriesReferences } from '../carries-references.js';
import type { FunctionOrigin } from './function-origin.js';
import type { InstanceLife } from './instance-life.js';

/** An instance that another one imports from. */
export interface LinkedInstance {
  readonly life: InstanceLife;
  memoryPointer(name: string): Pointer;
}

/**
 * What an instance imports from other guests. WasmEdge links instances by plain pointers, so one that is still pointed at must not be
 * freed.
 */
export class InstanceLinks {
  /** Whether guests it imports from may point back at it: a reference passes between them, and through it any other. */
  isReachedByOthers = false;
  /** The first memory that it imports. */
  memory: Pointer | undefined;
  /** The name under which WasmEdge has it for others, which a guest that was disposed may still have. */
  nameInStore = '';
  /** Functions that it exports as it imports them, by the names of the exports. */
  origins: ReadonlyMap<string, FunctionOrigin> | undefined;
  /** The instances that it imports from; to be let go once it is freed. */
  providers: Set<InstanceLife> | undefined;

  /** Notes an import from another guest. */
  importFrom(provider: LinkedInstance, name: string, type: ExternalType): void {
    this.providers ??= new Set();
    this.providers.add(provider.life);
    if (type.kind === 'memory') {
      this.memory ??= provider.memoryPointer(name);
    }
    this.isReachedByOthers ||= carriesReferences(type);
  }

  /** The instance exists: it holds those it imports from. */
  begin(): void {
    for (const provider of this.providers ?? []) {
      provider.hold();
    }
  }
}
