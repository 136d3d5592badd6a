import type { HostObjects } from '../../host-module/host-object.js';
import type { MemoryUse } from '../../host-module/waiting-memory.js';
import type { ValueType } from '../../values/value-types.js';

/** A host function that stays with the caller. */
export interface PackedCallerFunction {
  /** The name that guests import. */
  readonly name: string;
  /** Whether it is one of the module's other forms. */
  readonly isOtherForm: boolean;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** What a trace does not show. */
  readonly hiddenArguments: readonly number[];
  /** The caller's number of it. */
  readonly number: number;
}

/** What of a host module does not come from its recipe: the functions that stay with the caller, and, where it has no recipe, its objects. */
export interface PackedCallerModule {
  readonly name: string;
  readonly functions: readonly PackedCallerFunction[];
  readonly objects: HostObjects;
}

/** Has the caller run a host function. */
export interface CallerFunctionQuestion {
  readonly kind: 'callerFunction';
  /** The caller's number of the function. */
  readonly function: number;
  readonly args: readonly unknown[];
  readonly hasMemory: boolean;
  /** The member's number of the instance that calls. */
  readonly instance: number;
  /** Numbers of instances that are gone since the latest question. */
  readonly gone: readonly number[];
}

/** Uses the memory of the instance that waits. With `write`, the bytes are those of the request. */
export interface CallerMemoryRequest {
  readonly kind: 'callerMemory';
  readonly use: MemoryUse;
  readonly args: readonly unknown[];
  readonly bytes?: Uint8Array | undefined;
}
