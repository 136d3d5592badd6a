import type { MemorySource } from '../../memory/memory-source.js';
import type { V8Life } from './v8-life.js';

/** A `WebAssembly.Memory` as a source of guest memory. V8 keeps the bytes alive and detaches old views by itself. */
export function v8MemorySource(
  memory: WebAssembly.Memory,
  life: V8Life,
  refuseWhenDisposed: () => void,
): MemorySource {
  return {
    life,
    buffer() {
      refuseWhenDisposed();
      return memory.buffer;
    },
    grow(delta) {
      refuseWhenDisposed();
      return attempt(() => memory.grow(delta)) ?? attempt(() => memory.grow(BigInt(delta) as never)) ?? -1;
    },
    lend() {},
  };
}

/** The size before, in pages. A memory of 64 bits counts in bigints, and refuses a number as it refuses a size that is too large. */
function attempt(grow: () => number | bigint): number | undefined {
  try {
    return Number(grow());
  } catch {
    return undefined;
  }
}
