import type { KeyObject } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';
import type { AsymmetricAlgorithm } from './asymmetric-algorithm.js';
import type { KeyEncoding } from './key-encoding.js';

/** What public keys, secret keys and key pairs have in common. */
abstract class AsymmetricKey<Algorithm extends AsymmetricAlgorithm> implements Disposable {
  readonly algorithm: Algorithm;
  /** States that were made from the key keep it; OpenSSL zeroes a secret when the last object that uses it has been collected. */
  readonly key: KeyObject;

  constructor(algorithm: Algorithm, key: KeyObject) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /** The key as bytes, which the caller zeroes; throws unsupported_encoding. */
  abstract export(encoding: KeyEncoding): Uint8Array<ArrayBuffer>;

  [Symbol.dispose](): void {}
}

/** A public key. */
export class PublicKey<
  Algorithm extends AsymmetricAlgorithm = AsymmetricAlgorithm,
> extends AsymmetricKey<Algorithm> {
  override export(encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    return this.algorithm.keys.exportPublicKey(this.key, encoding);
  }

  /** Throws invalid_key for a key that could be imported but must not be used. */
  check(): void {
    this.algorithm.keys.checkPublicKey(this.key);
  }
}

/** A secret key. */
export class SecretKey<
  Algorithm extends AsymmetricAlgorithm = AsymmetricAlgorithm,
> extends AsymmetricKey<Algorithm> {
  override export(encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    return this.algorithm.keys.exportSecretKey(this.key, encoding);
  }

  publicKey(): PublicKey<Algorithm> {
    return new PublicKey(this.algorithm, this.algorithm.keys.publicKeyOf(this.key));
  }
}

/** A key pair. Its public half is computed from the secret one when it is asked for. */
export class KeyPair<
  Algorithm extends AsymmetricAlgorithm = AsymmetricAlgorithm,
> extends AsymmetricKey<Algorithm> {
  /** A pair of two keys that were given separately; throws incompatible_keys for those of different algorithms or pairs. */
  static of(publicKey: PublicKey, secretKey: SecretKey): KeyPair {
    if (publicKey.algorithm !== secretKey.algorithm || !secretKey.publicKey().key.equals(publicKey.key)) {
      throw new CryptoError('incompatible_keys');
    }
    return new KeyPair(secretKey.algorithm, secretKey.key);
  }

  /** The pair that {@link KeyPair.serialize} was called on. */
  static restore(algorithm: AsymmetricAlgorithm, bytes: Uint8Array): KeyPair {
    const { keys } = algorithm;
    return new KeyPair(algorithm, keys.importSecretKey(keys.storedEncoding, bytes));
  }

  override export(encoding: KeyEncoding): Uint8Array<ArrayBuffer> {
    return this.algorithm.keys.exportKeyPair(this.key, encoding);
  }

  publicKey(): PublicKey<Algorithm> {
    return this.secretKey().publicKey();
  }

  secretKey(): SecretKey<Algorithm> {
    return new SecretKey(this.algorithm, this.key);
  }

  /** All that is needed to make the pair again, for the secrets manager. The caller zeroes it. */
  serialize(): Uint8Array<ArrayBuffer> {
    return this.secretKey().export(this.algorithm.keys.storedEncoding);
  }
}
