import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { most } from '../module-types/implementation-limits.js';
import { isSignature } from '../values/signature.js';
import type { ValueType } from '../values/value-types.js';

/** An exception tag of the host that guests import. Data only: each runtime makes its own. */
export interface HostTag {
  /** Tells a tag from the other kinds. */
  readonly kind: 'tag';
  /** Types of what an exception of this tag carries. */
  readonly params: readonly ValueType[];
}

/**
 * An exception tag that {@link hostModule} gives to guests: an exception that one guest throws with it can be caught by another guest that imports it. The
 * engine must know WebAssembly exceptions; `createRuntime` throws `UnsupportedByEngineError` where it does not.
 *
 * @param params types of what an exception of this tag carries.
 * @throws {InvalidArgumentError} when `params` is not a list of at most 1000 value types.
 * @example hostModule('env', { __cpp_exception: hostTag(['i32']) })
 */
export function hostTag(params: readonly ValueType[]): HostTag {
  if (!isSignature({ params, results: [] })) {
    throw new InvalidArgumentError(
      "The parameters of hostTag() must be an array of value types, for example ['i32'].",
    );
  }
  if (params.length > most.parameters) {
    throw new InvalidArgumentError(
      `A tag of hostTag() can have at most ${most.parameters} parameters, not ${params.length}.`,
    );
  }
  return Object.freeze({ kind: 'tag', params: Object.freeze([...params]) });
}
