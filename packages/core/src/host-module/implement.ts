import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { isTable } from '../options/is-table.js';
import { describeValue } from '../values/check-arguments.js';
import { isPromise, refuseResult } from '../values/check-result.js';
import { isSignature, type Signature, signature } from '../values/signature.js';
import type { ParametersOf, ResultAtOnce, ValueType } from '../values/value-types.js';
import type { Caller } from './caller.js';
import { type HostFunction, hostFunction, type TraceHints } from './host-module.js';

/** Functions of a module by name, with the signatures that guests see. */
export type Abi = Readonly<Record<string, Signature>>;

/** Functions of a module that all answer with an error number. */
export type ErrnoAbi = Readonly<Record<string, Signature<readonly ValueType[], readonly ['i32']>>>;

/** The TypeScript function behind each signature of a table. */
export type Implementation<Signatures extends Abi> = {
  readonly [Name in keyof Signatures]: (
    this: void,
    caller: Caller,
    ...args: ParametersOf<Signatures[Name]['params']>
  ) => ResultAtOnce<Signatures[Name]['results']>;
};

/** Like {@link Implementation}, for functions that return when they succeed and throw when they do not. */
export type ErrnoImplementation<Signatures extends ErrnoAbi> = {
  readonly [Name in keyof Signatures]: (
    this: void,
    caller: Caller,
    ...args: ParametersOf<Signatures[Name]['params']>
  ) => ResultAtOnce<readonly []>;
};

/** The host functions that {@link implement} makes of a table of signatures; they go into `hostModule`. */
export type Implemented<Signatures extends Abi> = { readonly [Name in keyof Signatures]: HostFunction };

/** Options of {@link implement}. */
export interface ImplementOptions<Signatures extends Abi> {
  /** What traces may show of a function besides its name and time. Default: all arguments, and no name for the result. */
  readonly trace?: { readonly [Name in keyof Signatures]?: TraceHints } | undefined;
}

/** How functions that throw answer guests. */
export interface ErrnoRule {
  /** The errno for success. Default: 0. */
  readonly success?: number | undefined;
  /**
   * The errno for what a function threw. An error that this throws itself ends the guest's call and reaches the guest's caller: rethrow `error` if no number would be
   * an answer, as when the guest exits.
   *
   * @param functionName the function that threw.
   * @throws anything that should end the guest's call.
   */
  errnoOf(error: unknown, functionName: string): number;
  /** Names a number in traces, for example `notcapable` for 76. Default: numbers only. */
  readonly errnoName?: ((errno: unknown) => string | undefined) | undefined;
  /**
   * Whether a guest without memory is stopped by `NoMemoryError` before the function is called, since it could not get an answer.
   * Default: `false`; the function decides.
   */
  readonly needsMemory?: boolean | undefined;
}

/** Options of {@link implementWithErrno}. */
export interface ImplementErrnoOptions<Signatures extends ErrnoAbi> extends ImplementOptions<Signatures> {
  /** Turns a thrown error into the number that the guest gets. */
  readonly errno: ErrnoRule;
}

/**
 * Ties a table of signatures to the functions that do the work: a function that is missing, is not in the table or does not fit its signature is
 * a compile error.
 *
 * @throws {InvalidArgumentError} when a function is missing, surplus or not a function, or for an unknown option.
 * @example
 * hostModule('clock', implement({ now: signature([], ['f64']) }, { now: () => Date.now() }))
 */
export function implement<const Signatures extends Abi>(
  abi: Signatures,
  functions: Implementation<NoInfer<Signatures>>,
  options: ImplementOptions<NoInfer<Signatures>> = {},
): Implemented<Signatures> {
  checkOptionNames<ImplementOptions<Signatures>>('implement()', options, { trace: true });
  return bind('implement()', abi, functions, options.trace);
}

/**
 * {@link implement} for functions that return when they succeed and throw when they do not; `errno` says which number a guest gets for a thrown
 * error.
 *
 * @throws {InvalidArgumentError} when a function is missing, surplus or not a function, or for an unknown option.
 * @example
 * implementWithErrno(
 *   { close: signature(['i32'], ['i32']) },
 *   { close: (_caller, id) => files.close(id) },
 *   { errno: { errnoOf: (error) => (error instanceof NoSuchFile ? 8 : 29) } },
 * )
 */
export function implementWithErrno<const Signatures extends ErrnoAbi>(
  abi: Signatures,
  functions: ErrnoImplementation<NoInfer<Signatures>>,
  options: ImplementErrnoOptions<NoInfer<Signatures>>,
): Implemented<Signatures> {
  const subject = 'implementWithErrno()';
  checkOptionNames<ImplementErrnoOptions<Signatures>>(subject, options, { trace: true, errno: true });
  const { trace, errno } = options;
  checkOptionNames<ErrnoRule>(`${subject}, errno,`, errno, {
    success: true,
    errnoOf: true,
    errnoName: true,
    needsMemory: true,
  });
  if (typeof errno.errnoOf !== 'function') {
    throw new InvalidArgumentError(
      `${subject}: errno.errnoOf must be a function, not ${describeValue(errno.errnoOf)}.`,
    );
  }
  return bind(subject, abi, functions, trace, errno);
}

function bind<Signatures extends Abi>(
  subject: string,
  abi: Signatures,
  functions: object,
  trace: { readonly [Name in keyof Signatures]?: TraceHints } = {},
  errno?: ErrnoRule,
): Implemented<Signatures> {
  checkTables(subject, abi, functions);
  checkNames(subject, Object.keys(abi), Object.keys(functions), Object.keys(trace));
  checkFunctions(subject, functions);
  const bound = Object.entries(abi).map(([name, { params, results }]) => {
    const work = (functions as Readonly<Record<string, HostFunction['call']>>)[name] as HostFunction['call'];
    const call = errno === undefined ? work : answering(work, name, params.length, errno);
    const named = errno?.errnoName && { result: errno.errnoName };
    const hints = named === undefined ? trace[name] : { ...named, ...trace[name] };
    return [name, hostFunction(params, results, call as never, hints)] as const;
  });
  return Object.fromEntries(bound) as unknown as Implemented<Signatures>;
}

/** The function as guests call it: with a number for success, and one for each error. */
function answering(
  work: HostFunction['call'],
  functionName: string,
  parameters: number,
  { success = 0, errnoOf, needsMemory = false }: ErrnoRule,
): HostFunction['call'] {
  let factory = answererFactories.get(parameters);
  if (factory === undefined) {
    factory = generateAnswerer(parameters);
    answererFactories.set(parameters, factory);
  }
  // Whether it will succeed is not known, so the guest must not be told that it has.
  const refusePromise = (result: unknown) => isPromise(result) && refuseResult(functionName, nothing, result);
  return factory(work, success, needsMemory, (error) => errnoOf(error, functionName), refusePromise);
}

type AnswererFactory = (
  work: HostFunction['call'],
  success: number,
  needsMemory: boolean,
  errnoOf: (error: unknown) => number,
  refusePromise: (result: unknown) => void,
) => HostFunction['call'];

const answererFactories = new Map<number, AnswererFactory>();

/** Code for a number of parameters: arguments that pass as an array cost more than a call. */
function generateAnswerer(parameters: number): AnswererFactory {
  const names = ['caller', ...Array.from({ length: parameters }, (_, index) => `a${index}`)].join(', ');
  return new Function(
    'work',
    'success',
    'needsMemory',
    'errnoOf',
    'refusePromise',
    `'use strict';
    return function (${names}) {
      if (needsMemory) void caller.memory;
      let result;
      try {
        result = work(${names});
      } catch (error) {
        return errnoOf(error);
      }
      if (result !== undefined) refusePromise(result);
      return success;
    };`,
  ) as AnswererFactory;
}

const nothing = signature([], []);

/** What TypeScript sees at compile time: otherwise a function that is none would be found when a guest calls it. */
function checkTables(subject: string, abi: unknown, functions: unknown): void {
  const wrong = isTable(abi) ? Object.keys(abi).find((name) => !isSignature(abi[name])) : '';
  if (!isTable(abi) || wrong !== undefined) {
    throw new InvalidArgumentError(
      `${subject} needs a table of signatures made by signature()${wrong === '' ? '' : `, and that of ${wrong} is not one`}.`,
    );
  }
  if (!isTable(functions)) {
    throw new InvalidArgumentError(
      `${subject} needs an object of functions, not ${describeValue(functions)}.`,
    );
  }
}

function checkFunctions(subject: string, functions: object): void {
  for (const [name, work] of Object.entries(functions)) {
    if (typeof work !== 'function') {
      throw new InvalidArgumentError(`${subject}: ${name} must be a function, not ${describeValue(work)}.`);
    }
  }
}

function checkNames(
  subject: string,
  declared: readonly string[],
  given: readonly string[],
  traced: readonly string[],
): void {
  const missing = declared.find((name) => !given.includes(name));
  if (missing !== undefined) {
    throw new InvalidArgumentError(`${subject} lacks the function ${missing} of the table of signatures.`);
  }
  const surplus = [...given, ...traced].find((name) => !declared.includes(name));
  if (surplus !== undefined) {
    throw new InvalidArgumentError(
      `${subject} was given ${surplus}, which the table of signatures lacks; it has: ${declared.join(', ')}.`,
    );
  }
}
