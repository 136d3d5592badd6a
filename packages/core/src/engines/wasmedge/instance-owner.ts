import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { Signature } from '../../values/signature.js';
import type { ExportedFunction } from '../engine.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';
import type { WasmEdgeInstance } from './wasmedge-instance.js';

/** What an instance asks of its engine. */
export interface InstanceOwner {
  readonly library: Library;
  readonly references: ReferenceTable;
  wrapExport(
    instance: WasmEdgeInstance,
    name: string,
    signature: Signature | undefined,
    label: string,
  ): ExportedFunction;
  memoryAt(pointer: Pointer, life: InstanceLife): GuestMemory;
  /** Frees the instance as soon as nothing can reach it any more. */
  release(instance: WasmEdgeInstance): void;
}
