import { DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import type { FunctionName, PluginCalls } from './plugin-calls.js';

/** An object of a client that stands for a handle of the plug-in. */
export abstract class HandleOwner implements Disposable {
  readonly #calls: PluginCalls;
  readonly #close: FunctionName;
  #handle: number | undefined;

  /** Takes over the handle. */
  constructor(calls: PluginCalls, handle: number, close: FunctionName) {
    this.#calls = calls;
    this.#handle = handle;
    this.#close = close;
  }

  /** Closes the handle. Disposing a second time, or after the client, does nothing. */
  [Symbol.dispose](): void {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle !== undefined && !this.#calls.isDisposed) {
      this.#calls.act(this.#close, handle);
    }
  }

  /** The handle of an object, for calls of the client that made it. */
  static handleOf(owner: HandleOwner, calls: PluginCalls): number {
    if (!(owner instanceof HandleOwner)) {
      throw new InvalidArgumentError('A key must come from a crypto client.');
    }
    if (owner.#calls !== calls) {
      throw new InvalidArgumentError(
        'The key belongs to another crypto client; export it and import it here.',
      );
    }
    if (owner.#handle === undefined) {
      throw new DisposedError('The key was disposed.');
    }
    return owner.#handle;
  }
}
