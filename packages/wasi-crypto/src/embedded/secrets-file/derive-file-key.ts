import { hkdfSync, scryptSync } from 'node:crypto';
import type { SecretsOptions } from '../../secrets-options.js';

/** How the key of a file is made, by the number in its header. */
export const keyDerivation = { hkdf: 1, scrypt: 2 } as const;

/** A number of {@link keyDerivation}. */
export type KeyDerivation = (typeof keyDerivation)[keyof typeof keyDerivation];

// 128 * N * r bytes of memory, as OWASP recommends for N = 2^17; Node.js wants to be told that more than 32 MiB are meant.
const scryptCost = { N: 1 << 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const keyBytes = 32;

/** Which derivation the options ask for. */
export function derivationFor(secrets: SecretsOptions): KeyDerivation {
  return secrets.passphrase === undefined ? keyDerivation.hkdf : keyDerivation.scrypt;
}

/** The key of a file with this salt. */
export function deriveFileKey(secrets: SecretsOptions, salt: Uint8Array): Uint8Array {
  return secrets.passphrase === undefined
    ? new Uint8Array(hkdfSync('sha256', secrets.key, salt, 'wasmedge-plugins wasi-crypto secrets', keyBytes))
    : scryptSync(secrets.passphrase.normalize('NFC'), salt, keyBytes, scryptCost);
}
