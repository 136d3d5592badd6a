import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { checkOptionNames } from '../../options/check-option-names.js';
import { checkInstantiateOptions, checkRuntimeOptions } from '../../runtime/check-options.js';
import type { RuntimeOptions } from '../../runtime/runtime-options.js';
import { describeValue } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import { checkChildOptions } from '../caller/check-child-options.js';
import { checkIdempotent } from '../caller/check-idempotent.js';
import type {
  PoolCallOptions,
  PoolGuestOptions,
  PoolLeaseOptions,
  PoolOptions,
  PoolUseOptions,
} from './pool-options.js';

/** The longest time that a timer of Node.js measures. */
const maxTimerMs = 2 ** 31 - 1;

const ownNames = {
  placement: true,
  guest: true,
  exports: true,
  size: true,
  queue: true,
  maxWaitMs: true,
  maxLeaseMs: true,
  maxCallsPerMember: true,
  maxMemberBytes: true,
  name: true,
  child: true,
} as const;

const names = {
  ...ownNames,
  engine: true,
  aot: true,
  plugins: true,
  nativePlugins: true,
  hostModules: true,
  wasi: true,
  limits: true,
  library: true,
  logger: true,
  trace: true,
} as const satisfies Readonly<Record<keyof PoolOptions, true>>;

/**
 * Throws for an option of the wrong type or an impossible value, or one that there is not.
 *
 * @returns the options that are an inline runtime's.
 */
export function checkPoolOptions(options: PoolOptions<Readonly<Record<string, Signature>>>): RuntimeOptions {
  checkOptionNames<PoolOptions>('createPool()', options, names);
  const { placement, size, queue, maxWaitMs, maxLeaseMs, maxCallsPerMember, maxMemberBytes, name } = options;
  if (placement !== undefined && placement !== 'worker' && placement !== 'process') {
    throw new InvalidArgumentError(
      `The option placement of createPool() must be worker or process, not ${describeValue(placement)}.${placement === 'inline' ? ' In the calling thread, use createRuntime().' : ''}`,
    );
  }
  checkChildOptions(placement ?? 'worker', options.child);
  checkInteger('size', size, 1, 1024);
  checkInteger('queue', queue, 0, Number.MAX_SAFE_INTEGER);
  checkBound('maxWaitMs', maxWaitMs, maxTimerMs);
  checkBound('maxLeaseMs', maxLeaseMs, maxTimerMs);
  checkBound('maxCallsPerMember', maxCallsPerMember, Number.MAX_SAFE_INTEGER);
  checkBound('maxMemberBytes', maxMemberBytes, Number.MAX_SAFE_INTEGER);
  if (name !== undefined && typeof name !== 'string') refuse('name', 'a string', name);
  const { exports } = options;
  if (exports !== undefined) checkInstantiateOptions({ exports });
  const entries = Object.entries(options);
  const others = Object.fromEntries(entries.filter(([option]) => !Object.hasOwn(ownNames, option)));
  checkRuntimeOptions(others);
  return others;
}

/** Names of the options of one use of a pool. */
export const useNames = { signal: true, maxWaitMs: true } as const satisfies NamesOf<PoolUseOptions>;
export const callNames = {
  ...useNames,
  timeoutMs: true,
  idempotent: true,
} as const satisfies NamesOf<PoolCallOptions>;
export const guestNames = { ...callNames, guest: true } as const satisfies NamesOf<PoolGuestOptions>;
export const leaseNames = {
  ...useNames,
  timeoutMs: true,
  guest: true,
} as const satisfies NamesOf<PoolLeaseOptions>;

type NamesOf<Options> = Readonly<Record<keyof Options, true>>;

/** Throws for a name that is not among the known ones, a signal that is not one, and a time that cannot be. */
export function checkUse(
  subject: string,
  options: PoolGuestOptions,
  known: Readonly<Partial<Record<keyof PoolGuestOptions, true>>>,
): void {
  checkOptionNames(subject, options, known as NamesOf<PoolGuestOptions>);
  const { signal, maxWaitMs, timeoutMs, idempotent } = options;
  checkIdempotent(subject, idempotent);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    refuse('signal', 'an AbortSignal', signal, subject);
  checkBound('maxWaitMs', maxWaitMs, maxTimerMs, subject);
  if (timeoutMs === Infinity) refuse('timeoutMs', `an integer from 1 to ${maxTimerMs}`, timeoutMs, subject);
  checkBound('timeoutMs', timeoutMs, maxTimerMs, subject);
}

function checkInteger(option: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) return;
  refuse(option, `an integer from ${least} to ${most}`, value);
}

function checkBound(option: string, value: number | undefined, most: number, subject?: string): void {
  if (value === undefined || value === Infinity) return;
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return;
  refuse(option, `an integer from 1 to ${most}, or Infinity`, value, subject);
}

function refuse(option: string, wanted: string, value: unknown, subject = 'createPool()'): never {
  throw new InvalidArgumentError(
    `The option ${option} of ${subject} must be ${wanted}, not ${describeValue(value)}.`,
  );
}
