import type { AlgorithmType } from '../algorithm-type.js';

/** What all key objects of the module `asymmetric_common` have. */
export interface AsymmetricKey extends Disposable {
  readonly type: AlgorithmType;
  /** The algorithm's name as the specification writes it. */
  readonly algorithm: string;
}

/** A key pair. */
export interface KeyPair extends AsymmetricKey {
  /** The secret and all that is needed to make the pair again, for the secrets manager. The caller zeroes it. */
  serialize(): Uint8Array<ArrayBuffer>;
}

/** A public key. */
export interface PublicKey extends AsymmetricKey {}

/** A secret key. */
export interface SecretKey extends AsymmetricKey {}
