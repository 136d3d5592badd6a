import {
  type CipherGCM,
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  type DecipherGCM,
} from 'node:crypto';
import { xchachaKey } from './xchacha-key.js';

/** One algorithm of authenticated encryption with additional data. */
export interface AeadCipher {
  readonly name: string;
  readonly keyBytes: number;
  readonly nonceBytes: number;
  /** Whether nonces are long enough to be drawn at random when the guest gives none. */
  readonly randomNonce: boolean;
  encryptor(key: Uint8Array, nonce: Uint8Array): CipherGCM;
  decryptor(key: Uint8Array, nonce: Uint8Array): DecipherGCM;
}

/** Bytes of the tag of every cipher here. */
export const aeadTagBytes = 16;

const options = { authTagLength: aeadTagBytes };
// The types know ChaCha20-Poly1305 by an overload of its own that has the same methods.
const chacha = 'chacha20-poly1305' as CipherGCMTypes;

function aesGcm(name: string, nodeName: CipherGCMTypes, keyBytes: number): AeadCipher {
  return {
    name,
    keyBytes,
    nonceBytes: 12,
    randomNonce: false,
    encryptor: (key, nonce) => createCipheriv(nodeName, key, nonce, options),
    decryptor: (key, nonce) => createDecipheriv(nodeName, key, nonce, options),
  };
}

/** The ciphers that are offered. */
export const aeadCipherList: readonly AeadCipher[] = [
  aesGcm('AES-128-GCM', 'aes-128-gcm', 16),
  aesGcm('AES-256-GCM', 'aes-256-gcm', 32),
  {
    name: 'CHACHA20-POLY1305',
    keyBytes: 32,
    nonceBytes: 12,
    randomNonce: false,
    encryptor: (key, nonce) => createCipheriv(chacha, key, nonce, options),
    decryptor: (key, nonce) => createDecipheriv(chacha, key, nonce, options),
  },
  {
    name: 'XCHACHA20-POLY1305',
    keyBytes: 32,
    nonceBytes: 24,
    randomNonce: true,
    encryptor: (key, nonce) =>
      xchachaKey(key, nonce, (subkey, rest) => createCipheriv(chacha, subkey, rest, options)),
    decryptor: (key, nonce) =>
      xchachaKey(key, nonce, (subkey, rest) => createDecipheriv(chacha, subkey, rest, options)),
  },
];
