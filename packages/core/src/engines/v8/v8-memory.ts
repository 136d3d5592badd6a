import type { MemorySource } from '../../memory/memory-source.js';

/** A `WebAssembly.Memory` as a source of guest memory. V8 keeps the bytes alive and detaches old views by itself. */
export function v8MemorySource(memory: WebAssembly.Memory, refuseWhenDisposed: () => void): MemorySource {
  return {
    buffer() {
      refuseWhenDisposed();
      return memory.buffer;
    },
    grow(delta) {
      refuseWhenDisposed();
      try {
        return memory.grow(delta);
      } catch {
        return -1;
      }
    },
    lend() {},
  };
}
