import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { copyOptions } from '../recipe/copy-options.js';
import type { ExportedAs } from '../recipe/exported-as.js';
import { type Recipe, withRecipe } from '../recipe/recipe.js';
import { describeValue } from '../values/check-arguments.js';
import type { Signature } from '../values/signature.js';
import type { ParametersOf, ResultOf, ValueType } from '../values/value-types.js';

/** The guest that is calling a host function. Valid during the call only. */
export interface Caller {
  /**
   * The calling instance's memory 0.
   *
   * @throws {NoMemoryError} when the guest has no memory; ask {@link Caller.hasMemory} first where that is not an error.
   */
  readonly memory: GuestMemory;
  /** Whether the calling instance has a memory that the host can reach. */
  readonly hasMemory: boolean;
  /**
   * Stands for the calling instance: the same object in all of its calls, another one for every other instance. What belongs to one guest
   * is kept by it in a `WeakMap`, and so ends with the instance.
   *
   * @throws {DisposedError} after the call has ended, on engine `wasmedge`.
   */
  readonly instance: object;
}

/** What a trace may show of a host call besides its name and time. Bulk data and secrets stay out. */
export interface TraceHints {
  /** Names the result, for example `notcapable` for the number 76; `undefined` for none. Default: results have no names. */
  readonly result?: (result: unknown) => string | undefined;
  /** Indices of arguments that must not be shown, counted from 0. Default: none, so that all numbers are shown. */
  readonly hiddenArguments?: readonly number[];
}

/** A function of the host that a guest can import, with the signature the guest sees. */
export interface HostFunction<
  Params extends readonly ValueType[] = readonly ValueType[],
  Results extends readonly ValueType[] = readonly ValueType[],
> extends Signature<Params, Results> {
  // A method, so that functions of any parameters fit into one table.
  /**
   * Called once for each call of a guest, with its arguments as {@link ValueOf} says. The result must fit `results`, and must not be a promise.
   *
   * @throws anything: it ends the guest's call and arrives at the host as it was thrown.
   */
  call(caller: Caller, ...args: ParametersOf<Params>): ResultOf<Results>;
  /** What a trace shows of its calls. Default: the arguments and the result as numbers. */
  readonly trace?: TraceHints;
}

/** A named set of host functions: what a guest imports from one module name. Written once, registered in both engines. */
export interface HostModule {
  /** The wasm module name that guests import from. */
  readonly name: string;
  /** The functions by the names that guests import. */
  readonly functions: Readonly<Record<string, HostFunction>>;
  /**
   * Functions that guests import under the names of {@link HostModule.functions} with another signature, where an interface has a name
   * twice. A guest gets the one whose signature it imports. Default: none.
   */
  readonly otherForms?: Readonly<Record<string, HostFunction>>;
  /** How it is made again in another thread or process. Default: it cannot be. A copy by `{ ...module }` has none. */
  readonly recipe?: Recipe | undefined;
}

/**
 * The TypeScript function behind a signature. Written as a condition that always holds, because the compiler then knows several results
 * as a tuple while it checks the function's body.
 */
export type HostCall<Params extends readonly ValueType[], Results extends readonly ValueType[]> = [
  Results,
] extends [readonly ValueType[]]
  ? (caller: Caller, ...args: ParametersOf<Params>) => ResultOf<Results>
  : never;

/**
 * Ties a TypeScript function to the WebAssembly signature that guests import. A function whose parameters or result do not fit
 * the signature is a compile error; a result that does not fit at run time reaches the caller as `HostFunctionResultError`.
 *
 * @throws {InvalidArgumentError} for a name in `trace` that does not exist.
 * @example hostFunction(['i32', 'i32'], ['i32'], (caller, pointer, length) => caller.memory.read(pointer, length).length)
 */
export function hostFunction<
  const Params extends readonly ValueType[],
  const Results extends readonly ValueType[],
>(
  params: Params,
  results: Results,
  call: HostCall<Params, Results>,
  trace?: TraceHints,
): HostFunction<Params, Results> {
  if (trace !== undefined) {
    checkOptionNames<TraceHints>('the trace of hostFunction()', trace, {
      result: true,
      hiddenArguments: true,
    });
  }
  return trace === undefined ? { params, results, call } : { params, results, call, trace };
}

/** What {@link hostModule} takes besides the functions. */
export interface HostModuleOptions {
  /** {@link HostModule.otherForms}. Default: none. */
  readonly otherForms?: Readonly<Record<string, HostFunction>> | undefined;
  /**
   * Where the module is exported, or a function that makes it: so it is made again in another thread or process. Default: nowhere, it serves where it was made only.
   *
   * @example { module: import.meta.url, export: 'env' }
   */
  readonly exportedAs?: ExportedAs | undefined;
  /** What the exported function is called with to make it; plain data. Default: nothing. */
  readonly arguments?: readonly unknown[] | undefined;
}

/**
 * Names a set of host functions. The order of the functions has no meaning.
 *
 * @throws {InvalidArgumentError} for an option that does not exist, `exportedAs` of the wrong form, or `arguments` that are not an array.
 * @example export const env = hostModule('env', { now }, { exportedAs: { module: import.meta.url, export: 'env' } });
 */
export function hostModule(
  name: string,
  functions: Readonly<Record<string, HostFunction>>,
  options: HostModuleOptions = {},
): HostModule {
  checkOptionNames<HostModuleOptions>('hostModule()', options, {
    otherForms: true,
    exportedAs: true,
    arguments: true,
  });
  const { otherForms, exportedAs, arguments: args = [] } = options;
  if (!Array.isArray(args)) {
    throw new InvalidArgumentError(
      `The option arguments of hostModule() must be an array, not ${describeValue(args)}.`,
    );
  }
  const module: HostModule = otherForms === undefined ? { name, functions } : { name, functions, otherForms };
  return exportedAs === undefined ? module : withRecipe(module, exportedAs, copyOptions(args));
}
