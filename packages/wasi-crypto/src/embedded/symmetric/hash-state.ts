import { hash } from 'node:crypto';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { type HashName, hashFunctions, NodeHash } from './node-hash.js';
import { ShortMessage } from './short-message.js';
import { SymmetricState } from './symmetric-state.js';

/** A hash function. The digest is of all that was absorbed so far; more may follow. */
export class HashState extends SymmetricState {
  readonly algorithm: HashName;
  readonly #budget: ByteBudget;
  /** Everything that was absorbed, or a short message. */
  #absorbed: NodeHash | ShortMessage;

  constructor(
    algorithm: HashName,
    budget: ByteBudget,
    absorbed: NodeHash | ShortMessage = new ShortMessage(budget),
  ) {
    super();
    this.algorithm = algorithm;
    this.#budget = budget;
    this.#absorbed = absorbed;
  }

  override clone(): HashState {
    const copy = this.#absorbed.clone() ?? this.#hash().clone();
    return new HashState(this.algorithm, this.#budget, copy);
  }

  override absorb(data: Uint8Array): void {
    if (this.#absorbed instanceof ShortMessage && this.#absorbed.append(data)) return;
    this.#hash().update(data);
  }

  /** A shorter output is the start of the digest. */
  override squeeze(output: Uint8Array): void {
    const { nodeName, digestBytes } = hashFunctions[this.algorithm];
    if (output.length > digestBytes) {
      throw new CryptoError('invalid_length');
    }
    if (this.#absorbed instanceof ShortMessage) {
      writeText(output, hash(nodeName, this.#absorbed.bytes, 'binary'));
      return;
    }
    const digest = this.#absorbed.clone().digest();
    output.set(digest.subarray(0, output.length));
    digest.fill(0);
  }

  override [Symbol.dispose](): void {
    if (this.#absorbed instanceof ShortMessage) this.#absorbed[Symbol.dispose]();
    else this.#absorbed.destroy();
  }

  /** What goes on from what was absorbed, however long that gets. */
  #hash(): NodeHash {
    if (!(this.#absorbed instanceof ShortMessage)) return this.#absorbed;
    const short = this.#absorbed;
    const long = new NodeHash(this.algorithm).update(short.bytes);
    short[Symbol.dispose]();
    this.#absorbed = long;
    return long;
  }
}

/** A buffer takes node:crypto twice as long to make as the rest of a digest, so a digest comes as a text of one character for each byte. */
function writeText(output: Uint8Array, text: string): void {
  const { length } = output;
  for (let index = 0; index < length; index++) {
    output[index] = text.charCodeAt(index);
  }
}
