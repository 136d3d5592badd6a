import { GuestTimeoutError } from '../errors/guest-errors.js';

/** How long a call may take, and which option says so. */
export interface TimeLimit {
  readonly timeoutMs: number;
  /** As messages name it. */
  readonly option: string;
}

/** The limit of a runtime's options. */
export function runtimeTimeLimit(timeoutMs = Number.POSITIVE_INFINITY): TimeLimit {
  return { timeoutMs, option: 'limits.timeoutMs' };
}

/** The error for a call that took longer than it may. */
export function timeoutError(
  label: string,
  { timeoutMs, option }: TimeLimit,
  options?: ErrorOptions,
): GuestTimeoutError {
  return new GuestTimeoutError(
    `The guest ${label} ran longer than the ${timeoutMs} ms of ${option} and was stopped; raise the limit, or look for an endless loop.`,
    options,
  );
}

/** The error for a guest that took longer to be read, loaded, validated and instantiated than a call may. */
export function loadingTimeoutError(label: string, { timeoutMs, option }: TimeLimit): GuestTimeoutError {
  return new GuestTimeoutError(
    `Loading the guest ${label} took longer than the ${timeoutMs} ms of ${option}; raise the limit, or give it a smaller module.`,
  );
}
