import { onAbort } from '../../../control/on-abort.js';
import { abortError, type CallBounds } from '../call-bounds.js';
import { timeoutError } from '../timeout-error.js';

/** What a promise gives, unless the time or the signal of the call ends the wait for it. */
export async function withinBounds<Result>(
  promise: Promise<Result>,
  { timeoutMs, signal }: CallBounds,
): Promise<Result> {
  if (timeoutMs === undefined && signal === undefined) return promise;
  let end = () => {};
  const ended = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(abortError(signal as AbortSignal));
    if (signal?.aborted) abort();
    const unwatch = signal && onAbort(signal, abort);
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => reject(timeoutError(timeoutMs)), timeoutMs);
    end = () => {
      clearTimeout(timer);
      unwatch?.();
    };
  });
  return Promise.race([promise, ended]).finally(end);
}
