import { isValueType } from './check-arguments.js';
import type { GuestResult, ParametersOf, ResultOf, ValueType } from './value-types.js';

/** Parameters and results of a WebAssembly function. */
export interface Signature<
  Params extends readonly ValueType[] = readonly ValueType[],
  Results extends readonly ValueType[] = readonly ValueType[],
> {
  /** Types of the parameters, in order. */
  readonly params: Params;
  /** Types of the results, in order; empty for a function that returns nothing. */
  readonly results: Results;
}

/** The TypeScript function that a signature describes. */
export type FunctionOf<S extends Signature> = (
  ...args: ParametersOf<S['params']>
) => number extends S['results']['length'] ? GuestResult : ResultOf<S['results']>;

/**
 * States the signature of a WebAssembly function, keeping the types for the compiler.
 *
 * @example signature(['i32', 'i32'], ['i32'])
 */
export function signature<
  const Params extends readonly ValueType[],
  const Results extends readonly ValueType[],
>(params: Params, results: Results): Signature<Params, Results> {
  return { params, results };
}

/** Whether a value has the parameters and results of a signature. */
export function isSignature(value: unknown): value is Signature {
  const { params, results } = (value ?? {}) as Record<string, unknown>;
  return [params, results].every((types) => Array.isArray(types) && types.every(isValueType));
}

/** A signature as the text format writes it: `(i32 i32) -> (i32)`. */
export function formatSignature({ params, results }: Signature): string {
  return `(${params.join(' ')}) -> (${results.join(' ')})`;
}

/** True when two signatures have the same parameters and results. */
export function sameSignature(a: Signature, b: Signature): boolean {
  return formatSignature(a) === formatSignature(b);
}
