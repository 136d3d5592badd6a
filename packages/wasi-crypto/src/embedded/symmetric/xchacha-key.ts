import { Buffer } from 'node:buffer';
import { hchacha } from '@noble/ciphers/chacha.js';

const sigma = words(Buffer.from('expand 32-byte k'));

/**
 * XChaCha20 (draft-irtf-cfrg-xchacha, section 2.3) is ChaCha20 under a key that HChaCha20 makes of the key and the first 16 bytes of the
 * nonce; the other 8, after four zero bytes, are the nonce. The derived key is zeroed when `use` returns.
 */
export function xchachaKey<Result>(
  key: Uint8Array,
  nonce: Uint8Array,
  use: (subkey: Uint8Array, nonce: Uint8Array) => Result,
): Result {
  const keyWords = words(key);
  const subkey = new Uint32Array(8);
  const shortNonce = new Uint8Array(12);
  shortNonce.set(nonce.subarray(16), 4);
  try {
    hchacha(sigma, keyWords, words(nonce.subarray(0, 16)), subkey);
    return use(new Uint8Array(subkey.buffer), shortNonce);
  } finally {
    keyWords.fill(0);
    subkey.fill(0);
  }
}

/** A copy, aligned as words must be. */
function words(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
