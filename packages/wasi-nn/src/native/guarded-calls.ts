import type { GuestMemory, NativeModule, NativeModuleCalls } from '@wasmedge-plugins/core';
import { NnError } from '../errors.js';

/** Where a native function puts the number that it gives; arguments lie behind. */
export const resultPlace = 0;

/** Where arguments begin. */
export const argumentPlace = 64;

const pageSize = 65_536;

/** Calls a function of the native plug-in; the memory that it sees is this one's. */
export class GuardedCalls implements Disposable {
  readonly #calls: NativeModuleCalls;

  constructor(module: NativeModule) {
    this.#calls = module.open();
  }

  get memory(): GuestMemory {
    return this.#calls.memory;
  }

  call(name: string, ...args: readonly number[]): number {
    const target = this.#calls.exports[name];
    if (target === undefined)
      throw new NnError('unsupported_operation', `The native plug-in has no ${name}.`);
    return target(...args);
  }

  /** The number that the last function gave. */
  get result(): number {
    return this.memory.readU32(resultPlace);
  }

  /** Makes sure that the memory has this many bytes; false when it cannot have so many. */
  reach(byteLength: number): boolean {
    const missing = byteLength - this.memory.byteLength;
    return missing <= 0 || this.memory.grow(Math.ceil(missing / pageSize)) !== -1;
  }

  /** @throws {NnError} `too_large` when the memory cannot have so many bytes. */
  needs(byteLength: number): void {
    if (!this.reach(byteLength)) {
      throw new NnError(
        'too_large',
        `There is no room for ${byteLength} bytes in front of the native plug-in.`,
      );
    }
  }

  [Symbol.dispose](): void {
    this.#calls[Symbol.dispose]();
  }
}
