import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import { type AeadCipher, aeadCipherList } from './aead-cipher.js';
import { AeadState } from './aead-state.js';
import { HashState } from './hash-state.js';
import { HkdfExpandState } from './hkdf-expand-state.js';
import { HkdfExtractState } from './hkdf-extract-state.js';
import { HmacState } from './hmac-state.js';
import { type HashName, hashFunctions } from './node-hash.js';
import type { SymmetricState } from './symmetric-state.js';

/** What a state is opened with. */
export interface OpenContext {
  readonly budget: ByteBudget;
  /** Empty for an algorithm without key. */
  readonly key: Uint8Array;
  /** The guest's options, if it gave any. */
  readonly options: { readonly nonce: Uint8Array | undefined } | undefined;
}

/** The keys of an algorithm. */
export interface KeyRules {
  /** Size of a generated key; undefined where keys are derived only. */
  readonly generatedBytes: number | undefined;
  /** The only size that can be imported; undefined where any can. */
  readonly importedBytes: number | undefined;
}

/** A symmetric algorithm. */
export interface SymmetricAlgorithm {
  /** The name as the specification writes it. */
  readonly name: string;
  /** Undefined for an algorithm without key. */
  readonly key: KeyRules | undefined;
  open(context: OpenContext): SymmetricState;
}

const keyedHashes = ['SHA-256', 'SHA-384', 'SHA-512'] as const satisfies readonly HashName[];

const algorithmList: readonly SymmetricAlgorithm[] = [
  ...(Object.keys(hashFunctions) as HashName[]).map(hash),
  ...keyedHashes.flatMap((name) => [hmac(name), hkdfExtract(name), hkdfExpand(name)]),
  ...aeadCipherList.map(aead),
];

const algorithms = new Map(algorithmList.map((algorithm) => [algorithm.name.toLowerCase(), algorithm]));

/** The algorithm of a name in lower case; throws unsupported_algorithm. */
export function symmetricAlgorithm(name: string): SymmetricAlgorithm {
  const algorithm = algorithms.get(name);
  if (algorithm === undefined) {
    throw new CryptoError('unsupported_algorithm');
  }
  return algorithm;
}

function hash(name: HashName): SymmetricAlgorithm {
  return { name, key: undefined, open: ({ budget }) => new HashState(name, budget) };
}

function hmac(hashName: HashName): SymmetricAlgorithm {
  const name = `HMAC/${hashName}`;
  return {
    name,
    key: digestSized(hashName),
    open: ({ budget, key }) => HmacState.open(hashName, budget, key),
  };
}

function hkdfExtract(hashName: HashName): SymmetricAlgorithm {
  return {
    name: `HKDF-EXTRACT/${hashName}`,
    key: digestSized(hashName),
    open: ({ budget, key }) => new HkdfExtractState(hashName, budget, new SecretBuffer(budget, key)),
  };
}

function hkdfExpand(hashName: HashName): SymmetricAlgorithm {
  return {
    name: `HKDF-EXPAND/${hashName}`,
    key: { generatedBytes: undefined, importedBytes: hashFunctions[hashName].digestBytes },
    open: ({ budget, key }) => HkdfExpandState.open(hashName, budget, new SecretBuffer(budget, key)),
  };
}

function aead(cipher: AeadCipher): SymmetricAlgorithm {
  return {
    name: cipher.name,
    key: { generatedBytes: cipher.keyBytes, importedBytes: cipher.keyBytes },
    open: ({ budget, key, options }) => AeadState.open(cipher, budget, key, options),
  };
}

function digestSized(hashName: HashName): KeyRules {
  return { generatedBytes: hashFunctions[hashName].digestBytes, importedBytes: undefined };
}
