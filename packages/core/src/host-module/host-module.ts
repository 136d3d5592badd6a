import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { copyOptions } from '../recipe/copy-options.js';
import type { ExportedAs } from '../recipe/exported-as.js';
import { type Recipe, withRecipe } from '../recipe/recipe.js';
import { describeValue } from '../values/check-arguments.js';
import type { Signature } from '../values/signature.js';
import type { ParametersOf, ResultAtOnce, ResultOf, ValueType } from '../values/value-types.js';
import { callAtOnce } from './call-at-once.js';
import type { Caller } from './caller.js';
import { checkHostItems } from './check-host-items.js';
import { checkHostObjects } from './check-host-objects.js';
import { type HostObject, type HostObjects, isHostObject } from './host-object.js';
import type { WaitingCall, WaitingCaller } from './waiting-caller.js';

/** What a trace may show of a host call besides its name and time. Bulk data and secrets must stay out. */
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
   * Called once for each call by a guest, with its arguments as {@link ValueOf} types them. The result must fit `results`, and must not be a promise.
   *
   * @throws anything: it ends the guest's call and reaches the host as thrown.
   */
  call(caller: Caller, ...args: ParametersOf<Params>): ResultOf<Results>;
  /** What a trace shows of its calls. Default: the arguments and the result as numbers. */
  readonly trace?: TraceHints;
  /**
   * With `on: 'caller'`, the function that stays in the thread in which it was made; guests in the same thread get {@link HostFunction.call}. Default: the
   * function is recreated where the guests run.
   */
  onCaller?(
    caller: WaitingCaller,
    ...args: ParametersOf<Params>
  ): ResultOf<Results> | Promise<ResultOf<Results>>;
}

/** A named set of host functions and other objects that guests import from one module name. Written once, registered in both engines. */
export interface HostModule {
  /** The wasm module name that guests import from. */
  readonly name: string;
  /** The functions by the names that guests import. */
  readonly functions: Readonly<Record<string, HostFunction>>;
  /**
   * Functions that guests import under the names of {@link HostModule.functions} with another signature, for interfaces that have a
   * name twice. A guest gets the one whose signature it imports. Default: none.
   */
  readonly otherForms?: Readonly<Record<string, HostFunction>>;
  /** The memories, globals, tables and tags by the names that guests import; each runtime makes its own. Default: none. */
  readonly objects?: HostObjects;
  /** How it is recreated in another thread or process. Default: it cannot be. A copy made with `{ ...module }` has none. */
  readonly recipe?: Recipe | undefined;
}

/**
 * The TypeScript function behind a signature. Written as a condition that always holds, because the compiler then knows several results
 * as a tuple while it checks the function's body.
 */
export type HostCall<Params extends readonly ValueType[], Results extends readonly ValueType[]> = [
  Results,
] extends [readonly ValueType[]]
  ? (caller: Caller, ...args: ParametersOf<Params>) => ResultAtOnce<Results>
  : never;

/** Options of {@link hostFunction}. */
export interface HostFunctionOptions extends TraceHints {
  /** Where the function runs. Default: where its guests run. */
  readonly on?: undefined;
}

/** Options of {@link hostFunction} for a function that stays in the caller's thread. */
export interface CallerFunctionOptions extends TraceHints {
  /** The function runs in the thread that made the runtime, wherever the guest runs. */
  readonly on: 'caller';
}

interface AnyFunctionOptions extends TraceHints {
  readonly on?: 'caller' | undefined;
}

/**
 * Ties a TypeScript function to the WebAssembly signature that guests import. A function whose parameters or result do not fit
 * the signature is a compile error; a result that does not fit at run time reaches the caller as `HostFunctionResultError`.
 *
 * With `on: 'caller'` the function stays in the thread that makes the runtime: a guest in a worker thread or a child process waits for it. There it may be asynchronous,
 * and it accesses the guest's memory with `await caller.memory.read()`. In placement `inline`, where guests cannot wait, `createRuntime` throws
 * `UnsupportedByPlacementError` for an `async` function, and calling one that returns a promise throws it too. References do not cross.
 *
 * The function's own calls of the runtime whose guest is waiting are served at once. Two functions that each wait for a call of the other's runtime, or one that
 * waits for a call of its pool, wait until a time limit or a signal ends one of the calls: give such calls one.
 *
 * @param options where it runs, and what traces show of it. Default: where its guests run, and everything.
 * @throws {InvalidArgumentError} for an unknown option, or another `on`.
 * @example hostFunction(['i32', 'i32'], ['i32'], (caller, pointer, length) => caller.memory.read(pointer, length).length)
 * @example hostFunction(['i32'], ['i32'], async (_caller, id) => (await database.find(id)).count, { on: 'caller' })
 */
export function hostFunction<
  const Params extends readonly ValueType[],
  const Results extends readonly ValueType[],
>(
  params: Params,
  results: Results,
  call: WaitingCall<Params, Results>,
  options: CallerFunctionOptions,
): HostFunction<Params, Results>;
/**
 * {@link hostFunction} for a function that runs where its guests run.
 *
 * @param options what a trace shows of its calls. Default: the arguments and the result as numbers.
 * @throws {InvalidArgumentError} for an unknown option.
 */
export function hostFunction<
  const Params extends readonly ValueType[],
  const Results extends readonly ValueType[],
>(
  params: Params,
  results: Results,
  call: HostCall<Params, Results>,
  options?: HostFunctionOptions,
): HostFunction<Params, Results>;
export function hostFunction(
  params: readonly ValueType[],
  results: readonly ValueType[],
  call: (...args: never[]) => unknown,
  options?: AnyFunctionOptions,
): HostFunction {
  if (options === undefined) return { params, results, call: call as HostFunction['call'] };
  checkOptionNames<CallerFunctionOptions>('hostFunction()', options, {
    result: true,
    hiddenArguments: true,
    on: true,
  });
  const { on, ...trace } = options;
  if (on !== undefined && on !== 'caller') {
    throw new InvalidArgumentError(
      `The option on of hostFunction() must be 'caller', not ${describeValue(on)}.`,
    );
  }
  const onCaller = on === undefined ? undefined : (call as NonNullable<HostFunction['onCaller']>);
  return {
    params,
    results,
    call: onCaller === undefined ? (call as HostFunction['call']) : callAtOnce(onCaller),
    ...(Object.keys(trace).length > 0 && { trace }),
    ...(onCaller !== undefined && { onCaller }),
  };
}

/** Options of {@link hostModule}. */
export interface HostModuleOptions {
  /** {@link HostModule.otherForms}. Default: none. */
  readonly otherForms?: Readonly<Record<string, HostFunction>> | undefined;
  /**
   * Where the module, or a function that makes it, is exported, so that it can be recreated in another thread or process. Default: nowhere; it works only where it was made.
   *
   * @example { module: import.meta.url, export: 'env' }
   */
  readonly exportedAs?: ExportedAs | undefined;
  /** The arguments with which the exported function is called to make it; plain data. Default: none. */
  readonly arguments?: readonly unknown[] | undefined;
}

/** What a host module consists of, by the names that guests import. */
export type HostItems = Readonly<Record<string, HostFunction | HostObject>>;

/**
 * Names a set of host functions, memories, globals, tables and tags. Their order has no meaning.
 *
 * @throws {InvalidArgumentError} for an item that is no function and no object of the host, a memory, global, table or tag that its maker would refuse, an unknown
 * option, an `exportedAs` of the wrong form, or `arguments` that are not an array.
 * @example export const env = hostModule('env', { now }, { exportedAs: { module: import.meta.url, export: 'env' } });
 * @example hostModule('env', { memory: hostMemory({ minimum: 1 }), now })
 */
export function hostModule(name: string, items: HostItems, options: HostModuleOptions = {}): HostModule {
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
  checkHostItems(`the host module "${shownName(name)}"`, items);
  const { functions, objects } = divide(items);
  checkHostObjects(name, objects);
  const module: HostModule = {
    name,
    functions: named(name, functions),
    ...(otherForms !== undefined && { otherForms: named(name, otherForms) }),
    ...(objects !== undefined && { objects }),
  };
  return exportedAs === undefined
    ? module
    : withRecipe(module, exportedAs, copyOptions(args, 'hostModule()'), 'hostModule()');
}

function divide(items: HostItems): {
  readonly functions: HostModule['functions'];
  readonly objects: HostObjects | undefined;
} {
  const entries = Object.entries(items);
  const objects = entries.filter((entry): entry is [string, HostObject] => isHostObject(entry[1]));
  if (objects.length === 0) return { functions: items as HostModule['functions'], objects: undefined };
  const functions = entries.filter((entry): entry is [string, HostFunction] => !isHostObject(entry[1]));
  return { functions: Object.fromEntries(functions), objects: Object.fromEntries(objects) };
}

/** The functions, where those of `on: 'caller'` know what they are called. */
function named(
  module: string,
  functions: Readonly<Record<string, HostFunction>>,
): Readonly<Record<string, HostFunction>> {
  const staying = Object.entries(functions).filter(([, each]) => each?.onCaller !== undefined);
  if (staying.length === 0) return functions;
  const renamed = staying.map(([name, each]) => {
    const { onCaller } = each as { readonly onCaller: NonNullable<HostFunction['onCaller']> };
    return [name, { ...each, call: callAtOnce(onCaller, `The host function ${module}.${name}`) }] as const;
  });
  return { ...functions, ...Object.fromEntries(renamed) };
}
