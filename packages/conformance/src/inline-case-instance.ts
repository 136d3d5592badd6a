import type { GuestMemory, Instance, PlacedGlobal } from '@wasmedge-plugins/core';
import type { CaseInstance } from './case-runtime.js';
import { ConformanceError } from './errors.js';

type AnyFunction = (...args: unknown[]) => unknown;

/** An instance in this thread that answers as one elsewhere does. */
export class InlineCaseInstance implements CaseInstance<object> {
  readonly exports: object;
  readonly #instance: Instance<object>;

  constructor(instance: Instance<object>) {
    this.#instance = instance;
    const functions = Object.entries(instance.exports as Readonly<Record<string, AnyFunction>>);
    // The prototype refuses names that the guest does not export.
    this.exports = Object.create(
      Object.getPrototypeOf(instance.exports),
      Object.fromEntries(
        functions.map(([name, call]) => [
          name,
          { enumerable: true, value: async (...args: unknown[]) => call(...args) },
        ]),
      ),
    );
  }

  async readMemory(pointer: number | bigint, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return Uint8Array.from(this.#memory.read(pointer, length));
  }

  async writeMemory(pointer: number | bigint, bytes: Uint8Array): Promise<void> {
    this.#memory.write(pointer, bytes);
  }

  async memoryPages(): Promise<number> {
    return this.#memory.pages;
  }

  async growMemory(pages: number): Promise<number> {
    return this.#memory.grow(pages);
  }

  exportedGlobal(name: string): PlacedGlobal {
    const global = this.#instance.exportedGlobal(name);
    return {
      get: async () => global.get() as number | bigint,
      set: async (value) => global.set(value),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#instance[Symbol.dispose]();
  }

  get #memory(): GuestMemory {
    const { memory } = this.#instance;
    if (memory === undefined) throw new ConformanceError('The guest has no memory that the host can access.');
    return memory;
  }
}
