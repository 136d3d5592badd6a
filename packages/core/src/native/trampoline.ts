import { isMainThread } from 'node:worker_threads';
import { koffi } from './koffi.js';
import type { Pointer } from './native-functions.js';
import { registerCallback } from './register-callback.js';

/** Serves one host function: addresses of the calling frame, of the parameters and of the results in; a result code out. */
export type HostHandler = (frame: Pointer, params: Pointer, returns: Pointer) => number;

/**
 * The one C function behind all host functions of this thread. A process has 8192 callback slots, so a slot for each host function
 * would run out; instead the host function's data pointer is an index into this table.
 */
export class Trampoline {
  /** Address of the C function. */
  readonly address: bigint;
  readonly #handlers: (HostHandler | undefined)[] = [];
  readonly #free: number[] = [];

  /** @throws {CallbackSlotsError} when the process has no slot left. */
  constructor() {
    const handlers = this.#handlers;
    const prototype = koffi.proto('uint32_t', ['uint64_t', 'uint64_t', 'uint64_t', 'uint64_t']);
    this.address = registerCallback(
      (index: number, frame: Pointer, params: Pointer, returns: Pointer) =>
        (handlers[index] as HostHandler)(frame, params, returns),
      prototype,
    );
    if (!isMainThread) {
      // A worker that ends without this leaks the slot for the life of the process.
      process.once('exit', () => koffi.unregister(this.address));
    }
  }

  /** Adds a handler; returns its index. A handler must not throw: C would take that for success. */
  add(handler: HostHandler): number {
    const index = this.#free.pop() ?? this.#handlers.length;
    this.#handlers[index] = handler;
    return index;
  }

  /** Frees an index; C must not call it any more. */
  remove(index: number): void {
    this.#handlers[index] = undefined;
    this.#free.push(index);
  }
}
