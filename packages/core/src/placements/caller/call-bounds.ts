import { lacksCallSite } from '../../errors/call-site.js';
import { GuestAbortError } from '../../errors/guest-errors.js';
import type { ValueType } from '../../values/value-types.js';
import type { TakenOutput } from '../../wasi/captured-output.js';
import type { CallScope } from './call-scope.js';

/** What ends a call before it returns. */
export interface CallBounds {
  /** Milliseconds that it may take. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told captured output that came with the answer or the error, before the call settles. */
  readonly onOutput?: ((output: TakenOutput) => void) | undefined;
  /** Bytes of captured output that may come with the answer. Default: 0. */
  readonly capturedBytes?: number | undefined;
  /** Types of what an exported function returns. Default: they are not known. */
  readonly results?: readonly ValueType[] | undefined;
  /** Where it was made. Default: nowhere in particular. */
  readonly scope?: CallScope | undefined;
}

/** The answer to a request. */
export interface Answer {
  readonly value: unknown;
  readonly bytes: Uint8Array | undefined;
}

/** The error of a call whose signal was aborted. */
export function abortError(signal: AbortSignal): GuestAbortError {
  return lacksCallSite(
    new GuestAbortError('The call was ended by its signal; see the cause for the reason.', {
      cause: signal.reason,
    }),
  );
}
