import type { KeyObject } from 'node:crypto';
import type { Message } from './message.js';
import type { SignatureEncoding } from './signature-encoding.js';

/** How one algorithm signs. Signatures are kept raw. */
export interface SignatureScheme {
  /** The digest of a message that is too long to be kept; without one the whole message is needed. */
  readonly digest: string | undefined;
  sign(privateKey: KeyObject, message: Message): Uint8Array<ArrayBuffer>;
  /** Errors are failures of a library; a signature that does not hold gives `false`, whatever is wrong with it. */
  verify(publicKey: KeyObject, message: Message, signature: Uint8Array): boolean;
  /** Throws invalid_signature for bytes that cannot be one, and unsupported_encoding. */
  importSignature(encoding: SignatureEncoding, bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  exportSignature(encoding: SignatureEncoding, raw: Uint8Array): Uint8Array<ArrayBuffer>;
}
