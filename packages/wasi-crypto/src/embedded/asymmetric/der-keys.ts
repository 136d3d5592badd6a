import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readingKey, requireValidKey } from './invalid-key.js';
import type { KeyEncoding } from './key-encoding.js';
import { derOfPem } from './pem.js';
import { zeroedAfter } from './zeroed.js';

/** The form of a private or public key that is older than PKCS#8 and still met. */
type OlderForm = 'sec1' | 'pkcs1';

const privateLabels = { sec1: 'EC PRIVATE KEY', pkcs1: 'RSA PRIVATE KEY' } as const;

/** Reads a private key as PKCS#8, or in the older form: DER or PEM, and nothing after it. Throws invalid_key. */
export function readPrivateKey(encoding: 'pkcs8' | 'pem', bytes: Uint8Array, older: OlderForm): KeyObject {
  if (encoding === 'pem') {
    return zeroedAfter(derOfPem(bytes, ['PRIVATE KEY', privateLabels[older]]), (der) =>
      readPrivateKey('pkcs8', der, older),
    );
  }
  const key = asNodeBuffer(bytes);
  requireValidKey(isOneElement(key));
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    return readingKey(() => createPrivateKey({ key, format: 'der', type: older }));
  }
}

/** Reads a public key as SubjectPublicKeyInfo; an RSA key also as PKCS#1. Throws invalid_key. */
export function readPublicKey(encoding: 'pkcs8' | 'pem', bytes: Uint8Array, older?: 'pkcs1'): KeyObject {
  if (encoding === 'pem') {
    const labels = older === undefined ? ['PUBLIC KEY'] : ['PUBLIC KEY', 'RSA PUBLIC KEY'];
    return readPublicKey('pkcs8', derOfPem(bytes, labels), older);
  }
  const key = asNodeBuffer(bytes);
  requireValidKey(isOneElement(key));
  try {
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    requireValidKey(older !== undefined);
    return readingKey(() => createPublicKey({ key, format: 'der', type: 'pkcs1' }));
  }
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

/** Whether the bytes are one DER element and nothing more: OpenSSL reads the first one and ignores the rest. */
function isOneElement(bytes: Uint8Array): boolean {
  const first = bytes[1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 3) {
    return false;
  }
  let length = lengthBytes === 0 ? first : 0;
  for (const byte of bytes.subarray(2, 2 + lengthBytes)) {
    length = length * 256 + byte;
  }
  return bytes.byteLength === 2 + lengthBytes + length;
}

function asNodeBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
