import type { Buffer } from 'node:buffer';

/** A cipher of node:crypto, in one direction. */
interface Cipher {
  update(data: Uint8Array): Buffer;
}

// Small enough that what the cipher returns is still in the processor's cache when it is copied to the guest, and no smaller: each is
// an allocation.
const chunkBytes = 1 << 18;

/**
 * Puts `data` through the cipher into `output`, which is as long and may overlap it. The cipher keeps nothing back, and is not ended. No
 * more than a chunk is copied to the host, wherever a guest lets the two lie.
 */
export function transform(cipher: Cipher, output: Uint8Array, data: Uint8Array): void {
  const input = isOverwrittenBeforeRead(output, data) ? movedTo(output, data) : data;
  for (let offset = 0; offset < input.byteLength; offset += chunkBytes) {
    output.set(cipher.update(input.subarray(offset, offset + chunkBytes)), offset);
  }
}

/** Chunks are written in ascending order, so only an output that begins inside the input destroys what is still to be read. */
function isOverwrittenBeforeRead(output: Uint8Array, data: Uint8Array): boolean {
  return (
    output.buffer === data.buffer &&
    output.byteOffset > data.byteOffset &&
    output.byteOffset < data.byteOffset + data.byteLength
  );
}

/** The data where the output will be: each chunk is read before it is overwritten there. */
function movedTo(output: Uint8Array, data: Uint8Array): Uint8Array {
  output.set(data);
  return output;
}
