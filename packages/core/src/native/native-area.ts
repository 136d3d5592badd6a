import { koffi } from './koffi.js';

/** Memory and the one view that koffi made of it. */
interface Block {
  readonly pointer: unknown;
  readonly address: number;
  readonly buffer: ArrayBuffer;
}

/** Larger areas are few, and are freed. */
const largestKept = 4096;
const maxKept = 32;

/** Blocks that nobody uses, by their size: koffi 3.3.4 keeps some 220 bytes forever for each view that it makes. */
const unused = new Map<number, Block[]>();

/** Memory outside the JavaScript heap, at a fixed address, with views of every width on it. */
export class NativeArea implements Disposable {
  /** Address of the first byte, to be passed to C; aligned to 8 bytes. */
  readonly address: number;
  /** The memory as signed 32-bit integers. */
  readonly i32: Int32Array;
  /** The memory as unsigned 32-bit integers. */
  readonly u32: Uint32Array;
  /** The memory as signed 64-bit integers. */
  readonly i64: BigInt64Array;
  /** The memory as unsigned 64-bit integers. */
  readonly u64: BigUint64Array;
  /** The memory as 32-bit floats. */
  readonly f32: Float32Array;
  /** The memory as 64-bit floats. */
  readonly f64: Float64Array;
  /** The memory as bytes. */
  readonly u8: Uint8Array;
  #block: Block | undefined;

  /**
   * Allocates zeroed memory.
   *
   * @param byteLength size in bytes; rounded up to a multiple of 8.
   */
  constructor(byteLength: number) {
    // Allocated in 64-bit units, so that it is aligned for every view.
    const units = Math.max(1, Math.ceil(byteLength / 8));
    const block = blockOf(units);
    this.#block = block;
    const { address, buffer } = block;
    this.address = address;
    this.i32 = new Int32Array(buffer, 0, units * 2);
    this.u32 = new Uint32Array(buffer, 0, units * 2);
    this.i64 = new BigInt64Array(buffer, 0, units);
    this.u64 = new BigUint64Array(buffer, 0, units);
    this.f32 = new Float32Array(buffer, 0, units * 2);
    this.f64 = new Float64Array(buffer, 0, units);
    this.u8 = new Uint8Array(buffer, 0, units * 8);
  }

  /** Frees the memory; nothing may use the views afterwards. */
  [Symbol.dispose](): void {
    const block = this.#block;
    if (block === undefined) return;
    this.#block = undefined;
    const { byteLength } = block.buffer;
    const kept = unused.get(byteLength) ?? [];
    if (byteLength > largestKept || kept.length >= maxKept) {
      koffi.free(block.pointer);
    } else {
      unused.set(byteLength, kept);
      kept.push(block);
    }
  }
}

/** A block with room for so many units; small ones come in few sizes, so that one fits where another was. */
function blockOf(units: number): Block {
  const wanted = units * 8 <= largestKept ? 2 ** Math.ceil(Math.log2(units)) : units;
  const kept = unused.get(wanted * 8)?.pop();
  if (kept !== undefined) {
    new Uint8Array(kept.buffer).fill(0);
    return kept;
  }
  const pointer = koffi.alloc('uint64_t', wanted);
  const buffer = koffi.view(pointer, wanted * 8) as ArrayBuffer;
  return { pointer, address: Number(koffi.address(pointer)), buffer };
}
