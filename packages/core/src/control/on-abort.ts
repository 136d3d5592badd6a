/** What is to be called when a signal is aborted. */
const bySignal = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when a signal is aborted, unless what is returned is called before; never when it is aborted already. However many calls have one signal, it is listened to
 * once: Node.js takes more than ten listeners for a leak, and warns.
 *
 * @param then must not throw.
 * @returns what stops the listening.
 */
export function onAbort(signal: AbortSignal, then: () => void): () => void {
  const callbacks = bySignal.get(signal) ?? listenTo(signal);
  // The same function may be given twice.
  const own = () => then();
  callbacks.add(own);
  return () => {
    callbacks.delete(own);
  };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  bySignal.set(signal, callbacks);
  const all = () => {
    const waiting = [...callbacks];
    callbacks.clear();
    for (const callback of waiting) callback();
  };
  signal.addEventListener('abort', all, { once: true });
  return callbacks;
}
