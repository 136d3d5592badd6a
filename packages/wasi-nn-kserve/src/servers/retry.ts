import type { FailureKind } from '../transports/remote-failure.js';
import { backOffMs, retryBackOff } from './back-off.js';
import type { Clock } from './clock.js';

/** Whether what failed may be done again: not if the server may have done it, or would say the same again. */
export function mayTryAgain(kind: FailureKind, isRepeatable: boolean): boolean {
  return kind === 'unreachable' || kind === 'busy' || (kind === 'dropped' && isRepeatable);
}

/** Whether a failure tells of the server or the way to it, and not of the request: another server is then asked at once. */
export function isOfConnection(kind: FailureKind): boolean {
  return kind === 'unreachable' || kind === 'dropped';
}

/** How long to wait before the next attempt: anything up to a bound that grows, so that clients which failed together do not come back together. */
export function retryDelayMs(clock: Clock, attemptsBefore: number): number {
  return clock.random() * backOffMs(retryBackOff, attemptsBefore - 1);
}
