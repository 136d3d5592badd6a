import { CryptoError } from '../crypto-error.js';
import { type HashName, NodeHash } from './node-hash.js';
import { SymmetricState } from './symmetric-state.js';

/** A hash function. The digest is of all that was absorbed so far; more may follow. */
export class HashState extends SymmetricState {
  readonly algorithm: HashName;
  readonly #hash: NodeHash;

  constructor(algorithm: HashName, hash = new NodeHash(algorithm)) {
    super();
    this.algorithm = algorithm;
    this.#hash = hash;
  }

  override clone(): HashState {
    return new HashState(this.algorithm, this.#hash.clone());
  }

  override absorb(data: Uint8Array): void {
    this.#hash.update(data);
  }

  /** A shorter output is the start of the digest. */
  override squeeze(output: Uint8Array): void {
    if (output.byteLength > this.#hash.outputLen) {
      throw new CryptoError('invalid_length');
    }
    const digest = this.#hash.clone().digest();
    output.set(digest.subarray(0, output.byteLength));
    digest.fill(0);
  }

  override [Symbol.dispose](): void {
    this.#hash.destroy();
  }
}
