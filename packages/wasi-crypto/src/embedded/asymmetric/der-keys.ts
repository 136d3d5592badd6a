import type { KeyObject } from 'node:crypto';
import type { KeyEncoding } from './key-encoding.js';
import { derOfPem } from './pem.js';
import { zeroedAfter } from './zeroed.js';

/** Gives the DER of a key to `read`, out of PEM with one of the labels where the encoding is PEM. Throws invalid_key. */
export function readingDer<Result>(
  encoding: 'pkcs8' | 'pem',
  bytes: Uint8Array,
  labels: readonly string[],
  read: (der: Uint8Array) => Result,
): Result {
  return encoding === 'pem' ? zeroedAfter(derOfPem(bytes, labels), read) : read(bytes);
}

/** Writes a private key as PKCS#8 or a public key as SubjectPublicKeyInfo. */
export function writeKey(
  key: KeyObject,
  encoding: Extract<KeyEncoding, 'pkcs8' | 'pem'>,
): Uint8Array<ArrayBuffer> {
  const type = key.type === 'private' ? 'pkcs8' : 'spki';
  const exported =
    encoding === 'pem'
      ? new TextEncoder().encode(key.export({ type, format: 'pem' } as never).toString())
      : key.export({ type, format: 'der' } as never);
  return exported as Uint8Array<ArrayBuffer>;
}
