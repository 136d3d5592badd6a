import type { KeyObject } from 'node:crypto';
import type { KeyEncoding } from './key-encoding.js';

/**
 * Keys of one kind, for example those of one curve. Keys are `KeyObject`s: their secrets lie in memory of OpenSSL, which zeroes it, and
 * not in that of JavaScript. Imports throw invalid_key for bytes that are not a key of the family, and imports and exports
 * unsupported_encoding. What an export returns may hold a secret; the caller zeroes it.
 */
export interface KeyFamily {
  /** A new private key. */
  generate(): KeyObject;
  publicKeyOf(privateKey: KeyObject): KeyObject;
  importKeyPair(encoding: KeyEncoding, bytes: Uint8Array): KeyObject;
  importSecretKey(encoding: KeyEncoding, bytes: Uint8Array): KeyObject;
  importPublicKey(encoding: KeyEncoding, bytes: Uint8Array): KeyObject;
  exportKeyPair(privateKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer>;
  exportSecretKey(privateKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer>;
  exportPublicKey(publicKey: KeyObject, encoding: KeyEncoding): Uint8Array<ArrayBuffer>;
  /** The encoding in which every secret key of the family can be exported and imported. */
  readonly storedEncoding: KeyEncoding;
  /** Throws invalid_key for a public key that could be imported but must not be used. */
  checkPublicKey(publicKey: KeyObject): void;
}
