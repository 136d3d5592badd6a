/** All that listen to one signal. */
interface Listeners {
  readonly callbacks: Set<() => void>;
  stop(): void;
}

/** A signal itself looks through all its listeners for each new one, which thousands of calls with one signal would notice. */
const bySignal = new WeakMap<AbortSignal, Listeners>();

/** A controller that many calls may have, one after another or at once: its signal is listened to once, for as long as there is one. */
export function longLivedController(): AbortController {
  const controller = new AbortController();
  listenTo(controller.signal, true);
  return controller;
}

/** Calls back when a signal is aborted, unless what it returns is called before. The signal must not be aborted yet. */
export function onAbort(signal: AbortSignal, then: () => void): () => void {
  const { callbacks, stop } = bySignal.get(signal) ?? listenTo(signal, false);
  const own = () => then();
  callbacks.add(own);
  return () => {
    if (callbacks.delete(own) && callbacks.size === 0) stop();
  };
}

function listenTo(signal: AbortSignal, isKept: boolean): Listeners {
  const callbacks = new Set<() => void>();
  const stop = () => {
    if (isKept) return;
    signal.removeEventListener('abort', all);
    bySignal.delete(signal);
  };
  const all = () => {
    stop();
    for (const callback of callbacks) callback();
    callbacks.clear();
  };
  const listeners = { callbacks, stop };
  signal.addEventListener('abort', all);
  bySignal.set(signal, listeners);
  return listeners;
}
