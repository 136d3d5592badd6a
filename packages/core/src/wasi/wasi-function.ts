import { GuestAbortError, GuestExitError } from '../errors/guest-errors.js';
import { NoMemoryError } from '../errors/host-function-errors.js';
import type { Caller } from '../host-module/caller.js';
import type { HostFunction } from '../host-module/host-module.js';
import { type ErrnoRule, implementWithErrno } from '../host-module/implement.js';
import { type Signature, signature } from '../values/signature.js';
import type { ParametersOf, ValueType } from '../values/value-types.js';
import { Errno } from './wasi-errno.js';
import { EndpointError, errnoName, errnoOf } from './wasi-error.js';
import type { WasiState } from './wasi-state.js';

/** A WASI function before it is tied to a runtime's state: made once per process, bound once per runtime. */
export interface WasiFunction {
  readonly signature: Signature<readonly ValueType[], readonly ['i32']>;
  /** Returns when it succeeded and throws otherwise. */
  body(state: WasiState, caller: Caller, ...args: (number | bigint)[]): void;
}

/** Ties a body to its parameters. The body returns when it succeeded and throws otherwise; the guest gets the error number. */
export function wasiFunction<const Params extends readonly ValueType[]>(
  params: Params,
  body: (state: WasiState, caller: Caller, ...args: ParametersOf<Params>) => void,
): WasiFunction {
  return { signature: signature(params, ['i32']), body: body as unknown as WasiFunction['body'] };
}

/** The functions on the state of one runtime. */
export function bindFunctions(
  functions: Readonly<Record<string, WasiFunction>>,
  state: WasiState,
): Readonly<Record<string, HostFunction>> {
  const entries = Object.entries(functions);
  const abi = Object.fromEntries(entries.map(([name, each]) => [name, each.signature]));
  const bodies = Object.fromEntries(entries.map(([name, { body }]) => [name, onState(body, state)]));
  return implementWithErrno(abi, bodies as never, { errno });
}

type Arg = number | bigint;

/** A body with its state. No function has more parameters than `path_open`, and passing those that are missing costs less than an array of the others. */
function onState(body: (state: WasiState, caller: Caller, ...args: Arg[]) => void, state: WasiState) {
  return (caller: Caller, a: Arg, b: Arg, c: Arg, d: Arg, e: Arg, f: Arg, g: Arg, h: Arg, i: Arg) =>
    body(state, caller, a, b, c, d, e, f, g, h, i);
}

/**
 * Nothing passes through to the caller of the guest but the end of the call, by the guest itself or from outside, the lack of a memory, without which it
 * could not read an answer, and what the host's own sources and sinks throw.
 */
const errno: ErrnoRule = {
  success: Errno.success,
  errnoOf(error) {
    if (
      error instanceof GuestExitError ||
      error instanceof GuestAbortError ||
      error instanceof NoMemoryError
    ) {
      throw error;
    }
    if (error instanceof EndpointError) throw error.thrown;
    return errnoOf(error);
  },
  errnoName,
};
