import { fitsType, refuseArgument, refuseArgumentCount } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import type { ValueType } from '../../values/value-types.js';
import type { ExportedFunction } from '../engine.js';
import type { FunctionReach } from '../function-reach.js';
import { needStack } from '../stack-probe.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import type { V8ExportContext } from './v8-export-context.js';
import type { V8Life } from './v8-life.js';

/** {@link wrapV8Export} without generated code: slower to call, and of a size that does not grow with the signature. */
export function wrapWideV8Export(
  name: string,
  signature: Signature,
  raw: ExportedFunction,
  { state, references, label }: V8ExportContext,
  reach: FunctionReach<V8Life>,
): ExportedFunction {
  const { params, results } = signature;
  const convert = (
    types: readonly ValueType[],
    values: readonly unknown[],
    by: (value: unknown) => unknown,
  ) => values.map((value, index) => (types[index] === 'funcref' ? by(value) : value));
  return (...args: unknown[]): unknown => {
    const life = reach.living();
    const toWrapped = (value: unknown) => references.toWrapped(value, life);
    if (args.length !== params.length) {
      refuseArgumentCount(name, signature, args.length);
    }
    const wrong = params.findIndex((type, index) => !fitsType(type, args[index]));
    if (wrong !== -1) {
      refuseArgument(name, params, wrong, args[wrong]);
    }
    state.depth++;
    try {
      needStack(0);
      const result = raw(...(convert(params, args, references.toRaw) as never[]));
      throwCaughtHostError(state);
      return results.length > 1
        ? convert(results, result as unknown[], toWrapped)
        : convert(results, [result], toWrapped)[0];
    } catch (error) {
      throw translateV8Error(error, state, label);
    } finally {
      state.hostError = undefined;
      if (--state.depth === 0 && state.waiting) {
        state.becomeIdle();
      }
    }
  };
}
