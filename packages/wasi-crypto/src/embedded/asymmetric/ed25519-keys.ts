import { ed25519 } from '@noble/curves/ed25519.js';
import { curve25519Keys } from './curve25519-keys.js';
import { refusedWhen, requireValidKey } from './invalid-key.js';
import type { KeyFamily } from './key-family.js';

/** Keys of Ed25519 (RFC 8032). A raw key pair is seed and public key. */
export const ed25519Keys: KeyFamily = curve25519Keys({
  name: 'ed25519',
  identifier: '70',
  firstHalf: 'secret',
  checkPublicKey(publicKey) {
    const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    const point = refusedWhen(isNoPoint, () => ed25519.Point.fromBytes(bytes));
    // Any message has a valid signature under a point of small order.
    requireValidKey(!point.isSmallOrder() && point.isTorsionFree());
  },
});

/** The library has no codes. */
function isNoPoint({ message }: Error): boolean {
  return /^(bad point|expected valid point)/.test(message);
}
