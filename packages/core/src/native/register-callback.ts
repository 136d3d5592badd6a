import { CallbackSlotsError } from '../errors/library-errors.js';
import { koffi } from './koffi.js';

type Prototype = ReturnType<typeof koffi.proto>;

/**
 * A C function that calls a JavaScript one of this thread, by its address.
 *
 * @throws {CallbackSlotsError} when the process has as many as koffi allows.
 */
export function registerCallback(call: (...args: never[]) => unknown, prototype: Prototype): bigint {
  try {
    return koffi.register(call as (...args: unknown[]) => unknown, koffi.pointer(prototype));
  } catch (cause) {
    throw new CallbackSlotsError(
      `Engine wasmedge cannot be used in another thread of this process, which has ${koffi.stats().callbacks} C functions that call JavaScript, the maximum that koffi allows. A thread that is ended during a host function that never returns keeps one forever: use placement: 'process' for such functions, and restart this program.`,
      { cause },
    );
  }
}
