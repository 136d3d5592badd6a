import { GuestExitError } from '../errors/guest-errors.js';
import { NoMemoryError } from '../errors/host-function-errors.js';
import { type Caller, type HostFunction, hostFunction } from '../host-module/host-module.js';
import type { ParametersOf, ValueType } from '../values/value-types.js';
import { Errno } from './wasi-errno.js';
import { errnoName, errnoOf } from './wasi-error.js';
import type { WasiState } from './wasi-state.js';

/** A WASI function before it is tied to a runtime's state: made once per process, bound once per runtime. */
export type WasiFunction = (state: WasiState) => HostFunction;

const trace = { result: errnoName };

/**
 * Ties a body to its parameters. The body returns when it succeeded and throws otherwise; the guest gets the error number, and
 * nothing but the guest's own exit and the lack of a memory, without which it could not read an answer, passes through it.
 */
export function wasiFunction<const Params extends readonly ValueType[]>(
  params: Params,
  body: (state: WasiState, caller: Caller, ...args: ParametersOf<Params>) => void,
): WasiFunction {
  return (state) => {
    const call = (caller: Caller, ...args: ParametersOf<Params>): number => {
      try {
        body(state, caller, ...args);
        return Errno.success;
      } catch (error) {
        if (error instanceof GuestExitError || error instanceof NoMemoryError) throw error;
        return errnoOf(error);
      }
    };
    return hostFunction(params, ['i32'], call, trace) as HostFunction;
  };
}
