import { createHash, type Hash } from 'node:crypto';
import type { Hash as NobleHash } from '@noble/hashes/utils.js';

/** The hash functions that are offered, by the name that the specification has for them. */
export const hashFunctions = {
  'SHA-256': { nodeName: 'sha256', digestBytes: 32, blockBytes: 64 },
  'SHA-384': { nodeName: 'sha384', digestBytes: 48, blockBytes: 128 },
  'SHA-512': { nodeName: 'sha512', digestBytes: 64, blockBytes: 128 },
  'SHA-512/256': { nodeName: 'sha512-256', digestBytes: 32, blockBytes: 128 },
} as const;

/** Name of a hash function. */
export type HashName = keyof typeof hashFunctions;

// node:crypto takes less than 2 GiB at once.
const maxUpdateBytes = 1 << 30;

// Stands where a hash was that is no longer used.
const noHash = createHash('sha256');

/** A hash of node:crypto that the constructions of the noble libraries can be built on. */
export class NodeHash implements NobleHash<NodeHash> {
  readonly blockLen: number;
  readonly outputLen: number;
  readonly canXOF = false;
  readonly #name: HashName;
  #hash: Hash;

  constructor(name: HashName, hash = createHash(hashFunctions[name].nodeName)) {
    this.blockLen = hashFunctions[name].blockBytes;
    this.outputLen = hashFunctions[name].digestBytes;
    this.#name = name;
    this.#hash = hash;
  }

  update(data: Uint8Array): this {
    for (let offset = 0; offset < data.byteLength; offset += maxUpdateBytes) {
      this.#hash.update(data.subarray(offset, offset + maxUpdateBytes));
    }
    return this;
  }

  /** Ends this hash. The bytes are the caller's. */
  digest(): Uint8Array<ArrayBuffer> {
    return this.#hash.digest();
  }

  digestInto(output: Uint8Array): void {
    const digest = this.#hash.digest();
    output.set(digest);
    digest.fill(0);
  }

  clone(): NodeHash {
    return new NodeHash(this.#name, this.#hash.copy());
  }

  _cloneInto(target?: NodeHash): NodeHash {
    if (target === undefined) {
      return this.clone();
    }
    target.#hash = this.#hash.copy();
    return target;
  }

  /** Lets go of the state; OpenSSL zeroes it when it is collected. */
  destroy(): void {
    this.#hash = noHash;
  }
}

/** A hash function as the noble libraries take one. */
export function nobleHash(name: HashName) {
  const create = () => new NodeHash(name);
  const hash = (data: Uint8Array) => create().update(data).digest();
  const { blockBytes, digestBytes } = hashFunctions[name];
  return Object.assign(hash, { create, blockLen: blockBytes, outputLen: digestBytes, canXOF: false });
}
