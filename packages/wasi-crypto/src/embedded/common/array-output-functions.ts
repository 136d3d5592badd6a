import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { commonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange } from '../guest-arguments.js';
import { ConsumedOutputs } from './consumed-outputs.js';

type Functions = ErrnoImplementation<typeof commonSignatures>;

/**
 * The functions of outputs. Every byte is given exactly once, whatever the sizes of the pulls are. An output is closed and zeroed by the
 * pull that takes its last byte; the next pull of its handle still tells the end with 0 bytes, for guests that pull until then.
 */
export function arrayOutputFunctions({
  arrayOutputs,
}: CryptoState): Pick<Functions, 'array_output_len' | 'array_output_pull'> {
  const consumed = new ConsumedOutputs();
  return {
    array_output_len({ memory }, handle, out) {
      checkRange(memory, out, 4);
      const byteLength = arrayOutputs.has(handle) ? undefined : consumed.byteLength(handle);
      memory.writeU32(out, byteLength ?? arrayOutputs.get(handle).byteLength);
    },
    array_output_pull({ memory }, handle, pointer, length, out) {
      checkRange(memory, pointer, length);
      checkRange(memory, out, 4);
      // A number that was counted around to belongs to the new output.
      if (!arrayOutputs.has(handle) && consumed.take(handle)) {
        memory.writeU32(out, 0);
        return;
      }
      const output = arrayOutputs.get(handle);
      const { byteLength, remaining } = output;
      const chunk = remaining.subarray(0, length >>> 0);
      memory.write(pointer, chunk);
      memory.writeU32(out, chunk.byteLength);
      output.advance(chunk.byteLength);
      if (chunk.byteLength === remaining.byteLength) {
        arrayOutputs.close(handle);
        if (byteLength > 0) {
          consumed.add(handle, byteLength);
        }
      }
    },
  };
}
