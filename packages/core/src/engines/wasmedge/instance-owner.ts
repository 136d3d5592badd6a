import type { GuestMemory } from '../../memory/guest-memory.js';
import type { ModuleTypes } from '../../module-types/module-types.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { Signature } from '../../values/signature.js';
import type { ExportedFunction } from '../engine.js';
import type { InstanceLife } from './instance-life.js';
import type { InstanceLinks } from './instance-links.js';
import type { ReferenceTable } from './reference-table.js';

/** What an engine knows of an instance: what it takes to free it. */
export interface OwnedInstance {
  readonly types: ModuleTypes;
  /** The module instance. */
  readonly pointer: Pointer;
  readonly life: InstanceLife;
  /** Its memory 0, if it has one. */
  readonly memory: GuestMemory | undefined;
  readonly links: InstanceLinks;
  /** Makes the wrappers of its exported functions, unless they are there. */
  wrapExports(): void;
}

/** What an instance asks of its engine. */
export interface InstanceOwner {
  readonly library: Library;
  readonly references: ReferenceTable;
  wrapExport(
    instance: OwnedInstance,
    name: string,
    signature: Signature | undefined,
    label: string,
  ): ExportedFunction;
  /** The exports of the instance have their wrappers. */
  forgetPending(instance: OwnedInstance): void;
  memoryAt(pointer: Pointer, life: InstanceLife): GuestMemory;
  /** Frees the instance as soon as nothing can reach it any more. */
  release(instance: OwnedInstance): void;
}
