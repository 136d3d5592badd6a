import { createHmac, type Hmac } from 'node:crypto';
import { type HashName, hashFunctions, NodeHash } from './node-hash.js';

// node:crypto takes less than 2 GiB at once.
const maxUpdateBytes = 1 << 30;

/** The HMAC (RFC 2104) of a message in parts. The bytes are the caller's. */
export function hmacOf(name: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac(hashFunctions[name].nodeName, key);
  for (const part of parts) {
    if (part.length <= maxUpdateBytes) hmac.update(part);
    else updateInPieces(hmac, part);
  }
  return hmac.digest();
}

function updateInPieces(hmac: Hmac, part: Uint8Array): void {
  for (let offset = 0; offset < part.length; offset += maxUpdateBytes) {
    hmac.update(part.subarray(offset, offset + maxUpdateBytes));
  }
}

/** Whether HMAC takes the hash of a key in its place. */
export function isLongKey(name: HashName, key: Uint8Array): boolean {
  return key.length > hashFunctions[name].blockBytes;
}

/** What HMAC takes in place of a long key. The bytes are the caller's. */
export function hashedKey(name: HashName, key: Uint8Array): Uint8Array {
  return new NodeHash(name).update(key).digest();
}
