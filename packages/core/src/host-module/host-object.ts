import type { GuestMemory } from '../memory/guest-memory.js';
import type { GuestTable } from '../values/guest-table.js';
import type { ValueType } from '../values/value-types.js';
import type { HostGlobal } from './host-global.js';
import type { HostGlobalAccess } from './host-global-access.js';
import type { HostMemory } from './host-memory.js';
import type { HostTable } from './host-table.js';
import type { HostTag } from './host-tag.js';

/** What guests can import from a host module besides functions. */
export type HostObject = HostMemory | HostGlobal | HostTable | HostTag;

/** Memories, globals, tables and tags by the names that guests import. */
export type HostObjects = Readonly<Record<string, HostObject>>;

/** What a host can use in a runtime; tags are for guests only. */
export type ReachableHostObject = Exclude<HostObject, HostTag>;

/** How a host uses what its runtime has made of an object. */
export type HostObjectAccess<Made extends ReachableHostObject> = Made extends HostMemory
  ? GuestMemory
  : Made extends HostGlobal<infer Type extends ValueType, infer Mutable>
    ? HostGlobalAccess<Type, Mutable>
    : GuestTable;

/** Whether a value was made by {@link hostMemory}, {@link hostGlobal}, {@link hostTable} or {@link hostTag}. */
export function isHostObject(value: unknown): value is HostObject {
  const { kind } = (value ?? {}) as { readonly kind?: unknown };
  return kind === 'memory' || kind === 'global' || kind === 'table' || kind === 'tag';
}
