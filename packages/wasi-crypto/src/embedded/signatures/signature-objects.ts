import type { KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '../asymmetric/asymmetric-algorithm.js';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { Message } from './message.js';

/** A key pair or a public key of an algorithm that signs. */
interface SigningKey {
  readonly algorithm: SignatureAlgorithm;
  readonly key: KeyObject;
}

/** A signature behind a handle. */
export class SignatureObject implements Disposable {
  readonly algorithm: SignatureAlgorithm;
  readonly raw: Uint8Array;

  constructor(algorithm: SignatureAlgorithm, raw: Uint8Array) {
    this.algorithm = algorithm;
    this.raw = raw;
  }

  [Symbol.dispose](): void {}
}

/** A signature in the making. Signing does not end it: what follows extends the message. */
export class SignatureState implements Disposable {
  readonly message: Message;
  readonly #algorithm: SignatureAlgorithm;
  readonly #key: KeyObject;

  constructor({ algorithm, key }: SigningKey, budget: ByteBudget) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.message = new Message(algorithm.scheme.digest, budget);
  }

  sign(): SignatureObject {
    return new SignatureObject(this.#algorithm, this.#algorithm.scheme.sign(this.#key, this.message));
  }

  [Symbol.dispose](): void {
    this.message[Symbol.dispose]();
  }
}

/** A verification in the making. Verifying does not end it either. */
export class VerificationState implements Disposable {
  readonly message: Message;
  readonly #algorithm: SignatureAlgorithm;
  readonly #key: KeyObject;

  constructor({ algorithm, key }: SigningKey, budget: ByteBudget) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.message = new Message(algorithm.scheme.digest, budget);
  }

  /** Throws invalid_signature for one of another algorithm, and verification_failed. */
  verify({ algorithm, raw }: SignatureObject): void {
    if (algorithm !== this.#algorithm) {
      throw new CryptoError('invalid_signature');
    }
    if (!this.#algorithm.scheme.verify(this.#key, this.message, raw)) {
      throw new CryptoError('verification_failed');
    }
  }

  [Symbol.dispose](): void {
    this.message[Symbol.dispose]();
  }
}
