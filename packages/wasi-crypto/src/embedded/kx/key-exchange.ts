import type { KeyObject } from 'node:crypto';

/** A secret, and what its other owner needs to find it. */
export interface Encapsulation {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly encapsulated: Uint8Array<ArrayBuffer>;
}

/** How one algorithm lets two sides share a secret. Agreeing and encapsulating throw invalid_key for a public key that gives none. */
export interface KeyExchange {
  /** The shared secret as it is, without a hash. Throws invalid_operation where the algorithm only encapsulates. */
  agree(publicKey: KeyObject, privateKey: KeyObject): Uint8Array<ArrayBuffer>;
  encapsulate(publicKey: KeyObject): Encapsulation;
  /** Throws a `CryptoError` for bytes that are not an encapsulated secret. */
  decapsulate(privateKey: KeyObject, encapsulated: Uint8Array): Uint8Array<ArrayBuffer>;
}
