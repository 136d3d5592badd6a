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

/** The functions of a host module that stay with the caller. A module that has others too is made again from its recipe. */
export interface PackedCallerModule {
  readonly name: string;
  readonly functions: readonly PackedCallerFunction[];
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
