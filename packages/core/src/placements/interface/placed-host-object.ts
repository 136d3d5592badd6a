import type { HostGlobal } from '../../host-module/host-global.js';
import type { HostMemory } from '../../host-module/host-memory.js';
import type { ValueOf } from '../../values/value-types.js';
import type { CallOptions } from './call-options.js';

/** Types whose values cross. */
export type PlacedValueType = 'i32' | 'i64' | 'f32' | 'f64';

/** What a host can use in another thread or process: references do not cross, so neither tables nor globals of references. */
export type PlacedHostObject = HostMemory | HostGlobal<PlacedValueType>;

/** How a host uses what a runtime in another thread or process has made of an object. */
export type PlacedHostObjectAccess<Made extends PlacedHostObject> = Made extends HostMemory
  ? PlacedHostMemory
  : Made extends HostGlobal<infer Type extends PlacedValueType>
    ? PlacedHostGlobal<ValueOf[Type]>
    : never;

/** A global of the host in another thread or process. As with {@link PlacedHostMemory}, it is lost with that. */
export interface PlacedHostGlobal<Value> {
  /**
   * Its current value.
   *
   * @throws {InstanceLostError} when its thread or process has ended, or ends meanwhile.
   */
  get(options?: CallOptions): Promise<Value>;
  /**
   * Sets its value.
   *
   * @throws {InvalidArgumentError} for an immutable global or a value of the wrong type.
   * @throws {InstanceLostError} when its thread or process has ended, or ends meanwhile.
   */
  set(value: Value, options?: CallOptions): Promise<void>;
}

/** How bytes are written into a memory of the host. */
export interface PlacedHostWriteOptions extends CallOptions {
  /**
   * Transfers the bytes, which saves a copy on their way to a worker: the array must not be used afterwards, and is empty if its buffer could be moved. Default: false.
   */
  readonly transfer?: boolean | undefined;
}

/**
 * A memory of the host in another thread or process. It is lost with that: each method then rejects with {@link InstanceLostError}, and `hostObject()` gives the
 * fresh one of the thread or process that follows.
 */
export interface PlacedHostMemory {
  /**
   * A copy of part of it.
   *
   * @param pointer address, in bytes
   * @param length number of bytes
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {InstanceLostError} when its thread or process has ended, or ends meanwhile.
   */
  read(pointer: number | bigint, length: number, options?: CallOptions): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Copies bytes into it. They must not change before the promise settles.
   *
   * @param pointer address, in bytes
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {InstanceLostError} when its thread or process has ended, or ends meanwhile.
   */
  write(pointer: number | bigint, bytes: Uint8Array, options?: PlacedHostWriteOptions): Promise<void>;
  /**
   * Number of 64 KiB pages that it has now.
   *
   * @throws {InstanceLostError} when its thread or process has ended, or ends meanwhile.
   */
  pages(options?: CallOptions): Promise<number>;
  /**
   * Adds pages of 64 KiB and returns the number before, or -1 when its maximum or the runtime's limit does not allow it.
   *
   * @throws {InstanceLostError} when its thread or process has ended, or ends meanwhile.
   */
  grow(pages: number, options?: CallOptions): Promise<number>;
}
