import type { Signature } from '../../values/signature.js';
import type { PlacedFunctionOf } from '../interface/placed-exports.js';
import type { PlacedGlobal, PlacedInstance, PlacedMemoryOptions } from '../interface/placed-runtime.js';
import type { PoolLease } from './pool.js';

/** An instance that is given back to its pool by disposal. */
export class InstanceLease<Exports> implements PoolLease<Exports> {
  readonly #instance: PlacedInstance<Exports>;
  readonly #giveBack: () => Promise<void>;

  /** @param giveBack called each time; settles when the instance is gone. */
  constructor(instance: PlacedInstance<Exports>, giveBack: () => Promise<void>) {
    this.#instance = instance;
    this.#giveBack = giveBack;
  }

  get exports(): Exports {
    return this.#instance.exports;
  }

  get exportTypes(): PlacedInstance['exportTypes'] {
    return this.#instance.exportTypes;
  }

  exportedFunction<const S extends Signature>(name: string, signature: S): PlacedFunctionOf<S> {
    return this.#instance.exportedFunction(name, signature);
  }

  get call(): PlacedInstance<Exports>['call'] {
    return this.#instance.call.bind(this.#instance) as PlacedInstance<Exports>['call'];
  }

  readMemory(pointer: number | bigint, length: number, options?: PlacedMemoryOptions) {
    return this.#instance.readMemory(pointer, length, options);
  }

  writeMemory(pointer: number | bigint, bytes: Uint8Array, options?: PlacedMemoryOptions): Promise<void> {
    return this.#instance.writeMemory(pointer, bytes, options);
  }

  memoryPages(options?: PlacedMemoryOptions): Promise<number> {
    return this.#instance.memoryPages(options);
  }

  growMemory(pages: number, options?: PlacedMemoryOptions): Promise<number> {
    return this.#instance.growMemory(pages, options);
  }

  exportedGlobal(name: string): PlacedGlobal {
    return this.#instance.exportedGlobal(name);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#giveBack();
  }
}
