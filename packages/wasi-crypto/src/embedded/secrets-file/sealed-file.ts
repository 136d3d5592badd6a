import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type KeyDerivation, keyDerivation } from './derive-file-key.js';

// magic (8) | key derivation (1) | salt (16) | nonce (12), all authenticated | ciphertext | tag (16)
const magic = Buffer.from('WECRYPT1');
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

/** Bytes before the ciphertext. */
export const headerBytes = magic.length + 1 + saltBytes + nonceBytes;

/** What a file says before it is decrypted. */
export interface FileHeader {
  readonly derivation: KeyDerivation;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
}

/** A salt for a new file. */
export function newSalt(): Uint8Array {
  return randomBytes(saltBytes);
}

/** The header of a file, or undefined when it is none of this format. */
export function readHeader(file: Uint8Array): FileHeader | undefined {
  const derivation = file[magic.length];
  if (
    file.byteLength < headerBytes ||
    !magic.equals(file.subarray(0, magic.length)) ||
    (derivation !== keyDerivation.hkdf && derivation !== keyDerivation.scrypt)
  ) {
    return undefined;
  }
  const saltStart = magic.length + 1;
  const salt = file.subarray(saltStart, saltStart + saltBytes);
  return { derivation, salt, nonce: file.subarray(saltStart + saltBytes, headerBytes) };
}

/** Encrypts under a fresh nonce with AES-256-GCM. */
export function seal(
  key: Uint8Array,
  derivation: KeyDerivation,
  salt: Uint8Array,
  plaintext: Uint8Array,
): Buffer {
  const nonce = randomBytes(nonceBytes);
  const header = Buffer.concat([magic, Uint8Array.of(derivation), salt, nonce]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext, which the caller zeroes; undefined when the key is not the file's or any bit was changed. */
export function open(key: Uint8Array, file: Uint8Array): Buffer | undefined {
  const header = readHeader(file);
  if (header === undefined || file.byteLength < headerBytes + tagBytes) {
    return undefined;
  }
  const end = file.byteLength - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, header.nonce, { authTagLength: tagBytes });
  decipher.setAAD(file.subarray(0, headerBytes));
  decipher.setAuthTag(file.subarray(end));
  const plaintext = decipher.update(file.subarray(headerBytes, end));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}
