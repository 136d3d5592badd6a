import { ArrayOutput } from './array-output.js';
import type { CryptoState } from './crypto-state.js';
import { SecretBuffer } from './secret-buffer.js';

/** Copies the bytes, which stay as they are, into an output of the runtime; returns the handle for the guest. */
export function copiedArrayOutput(state: CryptoState, bytes: Uint8Array): number {
  return state.arrayOutputs.add(new ArrayOutput(new SecretBuffer(state.bytes, bytes)));
}

/** Copies the bytes into an output of the runtime and zeroes the ones given; returns the handle for the guest. */
export function newArrayOutput(state: CryptoState, bytes: Uint8Array): number {
  try {
    return copiedArrayOutput(state, bytes);
  } finally {
    bytes.fill(0);
  }
}
