import type { MemorySource } from '../../memory/memory-source.js';
import { koffi } from '../../native/koffi.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { EngineState } from './engine-state.js';
import type { InstanceLife } from './instance-life.js';

const pageSize = 65536;

/** Processors on which WasmEdge reserves the addresses of the largest memory, so that one which grows stays where it is. */
const memoriesStay = ['x64', 'arm64', 'riscv64'].includes(process.arch);

/**
 * A memory instance of WasmEdge as a source of guest memory. The bytes are a view of WasmEdge's own; making one costs microseconds, so it
 * is kept until the size has changed.
 */
export function wasmEdgeMemorySource(
  library: Library,
  pointer: Pointer,
  state: EngineState,
  life: InstanceLife,
): MemorySource {
  const { c } = library;
  let epoch = -1;
  let pages = -1;
  let buffer: ArrayBufferLike = new ArrayBuffer(0);
  let lent: ArrayBufferLike | undefined;

  const refresh = () => {
    epoch = state.epoch;
    const now = Number(c.MemoryInstanceGetPageSize(pointer));
    if (now !== pages) {
      pages = now;
      buffer =
        pages === 0
          ? new ArrayBuffer(0)
          : koffi.view(BigInt(c.MemoryInstanceGetPointer(pointer, 0, 1)), pages * pageSize);
    }
  };

  return {
    life: memoriesStay ? life : undefined,
    buffer() {
      life.refuseWhenDisposed();
      if (epoch !== state.epoch) {
        refresh();
      }
      return buffer;
    },
    grow(delta) {
      life.refuseWhenDisposed();
      const before = Number(c.MemoryInstanceGetPageSize(pointer));
      if (c.MemoryInstanceGrowPage(pointer, delta) !== 0) {
        return -1;
      }
      state.epoch++;
      return before;
    },
    lend() {
      life.refuseWhenDisposed();
      if (epoch !== state.epoch) {
        refresh();
      }
      if (lent !== buffer) {
        lent = buffer;
        life.lend(buffer);
      }
    },
  };
}
