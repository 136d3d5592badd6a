import { GuestAbortError } from '../errors/guest-errors.js';

/** The signal of one running call from the host. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** That of the call around this one. */
  readonly outer: CallSignal | undefined;
  /** What every level of the call throws once the signal was aborted. */
  error: GuestAbortError | undefined;
}

/** What the calls into one runtime share, as far as signals go. */
export interface Signalled {
  /** The signals that may end the running calls, the innermost first. */
  signals: CallSignal | undefined;
}

/**
 * Runs `use` as a call that the signal may end. It is looked at whenever a host function has returned: nothing else can abort it while a guest runs
 * in this thread.
 *
 * @throws {GuestAbortError} when it is aborted already.
 */
export function withSignal<Result>(state: Signalled, signal: AbortSignal, use: () => Result): Result {
  if (signal.aborted) throw abortError(signal);
  const outer = state.signals;
  state.signals = { signal, outer, error: undefined };
  try {
    return use();
  } finally {
    state.signals = outer;
  }
}

/** Throws when a signal of the running calls was aborted: that of the outermost one, which ends the others too. */
export function refuseAborted({ signals }: Signalled): void {
  let aborted: CallSignal | undefined;
  for (let each = signals; each !== undefined; each = each.outer) {
    if (each.signal.aborted) aborted = each;
  }
  if (aborted === undefined) return;
  aborted.error ??= abortError(aborted.signal);
  throw aborted.error;
}

function abortError(signal: AbortSignal): GuestAbortError {
  return new GuestAbortError('The call of the guest was aborted by its signal; the cause has the reason.', {
    cause: signal.reason,
  });
}
