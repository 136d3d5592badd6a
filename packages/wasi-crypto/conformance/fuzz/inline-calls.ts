import { Buffer } from 'node:buffer';
import type { Instance, Runtime } from '@wasmedge-plugins/core';
import { type FunctionName, rawSignatures } from '../drive/raw-calls.js';

/** The guest `raw-calls` in this thread: the fuzz makes millions of calls, and waits for none. */
export class InlineCalls {
  readonly #instance: Instance<object>;

  constructor(runtime: Runtime, guest: Uint8Array) {
    this.#instance = runtime.instantiate(guest, { exports: rawSignatures });
  }

  /** Calls a function with numbers as they are; returns its error code. */
  call(name: FunctionName, ...args: readonly (number | bigint)[]): number {
    const { exports } = this.#instance as Instance<Record<FunctionName, (...args: unknown[]) => number>>;
    return exports[name](...args);
  }

  store(offset: number, bytes: Uint8Array): void {
    this.#instance.memory?.write(offset, bytes);
  }

  load(offset: number, length: number): Buffer {
    return Buffer.from(this.#instance.memory?.read(offset, length) ?? []);
  }
}
