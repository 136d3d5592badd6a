import { koffi } from './koffi.js';

/** Memory outside JavaScript's heap, at a fixed address, with views of every width on it. */
export class NativeArea implements Disposable {
  readonly address: number;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly u8: Uint8Array;
  readonly #pointer: unknown;

  constructor(byteLength: number) {
    // Allocated in 64-bit units, so that it is aligned for every view.
    const units = Math.max(1, Math.ceil(byteLength / 8));
    this.#pointer = koffi.alloc('uint64_t', units);
    this.address = Number(koffi.address(this.#pointer));
    const buffer = koffi.view(this.#pointer, units * 8);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.u8 = new Uint8Array(buffer);
  }

  /** Frees the memory; nothing may use the views afterwards. */
  [Symbol.dispose](): void {
    koffi.free(this.#pointer);
  }
}
