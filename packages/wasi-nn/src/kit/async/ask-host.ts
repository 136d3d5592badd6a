import { NnError } from '../../errors.js';
import type { FromHost } from './messages.js';

/**
 * What the host adds to a request for which this thread waits.
 *
 * @throws {NnError} `runtime_error` for a promise, which cannot be fulfilled meanwhile.
 */
export function askHost(fromHost: FromHost): unknown {
  const value = fromHost?.();
  if (typeof (value as { then?: unknown } | undefined | null)?.then !== 'function') return value;
  // Nobody waits for it, so nobody else would be told that it failed.
  Promise.resolve(value).catch(() => {});
  throw new NnError(
    'runtime_error',
    "A function of the host returned a promise for a request of a guest that waits in its thread; return the value at once, or run the guest with placement: 'worker' or 'process'.",
  );
}
