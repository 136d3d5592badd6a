/** What is to be called when a signal is aborted, and what listens to it for all of them. */
interface Listening {
  readonly callbacks: Set<() => void>;
  stop(): void;
}

const bySignal = new WeakMap<AbortSignal, Listening>();

/**
 * Calls back when a signal is aborted, unless what is returned is called before; never when it is aborted already. However many calls have one signal, it is listened to
 * once: Node.js takes more than ten listeners for a leak, and warns. When none is left, it is not listened to any more: Node.js keeps a signal that is made of others for as
 * long as somebody listens to it.
 *
 * @param then must not throw.
 * @returns what stops the listening.
 */
export function onAbort(signal: AbortSignal, then: () => void): () => void {
  if (signal.aborted) return () => {};
  const { callbacks, stop } = bySignal.get(signal) ?? listenTo(signal);
  // The same function may be given twice.
  const own = () => then();
  callbacks.add(own);
  return () => {
    if (callbacks.delete(own) && callbacks.size === 0) stop();
  };
}

function listenTo(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>();
  const stop = () => {
    signal.removeEventListener('abort', all);
    bySignal.delete(signal);
  };
  const all = () => {
    stop();
    const waiting = [...callbacks];
    callbacks.clear();
    for (const callback of waiting) callback();
  };
  const listening = { callbacks, stop };
  signal.addEventListener('abort', all);
  bySignal.set(signal, listening);
  return listening;
}
