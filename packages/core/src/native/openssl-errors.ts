import { koffi } from './koffi.js';
import type { HostHandler } from './trampoline.js';

let clear: (() => void) | undefined;

/**
 * Empties this thread's queue of OpenSSL errors. On Linux a library that is linked with OpenSSL gets Node's own, which Node shows to all
 * that it loads; and Node 24 takes an error that such a library left in the queue for a failure of its own next call (measured with
 * `createPrivateKey`, which then refuses a good key). Does nothing where the process shows no OpenSSL.
 */
export function clearOpenSslErrors(): void {
  clear ??= bind();
  clear();
}

/** A host function for guests that may have called a native plug-in just before it. */
export function withoutOpenSslErrors(handler: HostHandler): HostHandler {
  return (frame, params, returns) => {
    clearOpenSslErrors();
    return handler(frame, params, returns);
  };
}

function bind(): () => void {
  try {
    return koffi.load(null).func('ERR_clear_error', 'void', []);
  } catch {
    return () => {};
  }
}
