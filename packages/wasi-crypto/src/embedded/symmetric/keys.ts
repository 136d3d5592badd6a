import { randomBytes } from 'node:crypto';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import type { KeyRules, SymmetricAlgorithm } from './algorithms.js';
import { SymmetricKey } from './symmetric-key.js';

/** A new random key. */
export function generateKey(algorithm: SymmetricAlgorithm, budget: ByteBudget): SymmetricKey {
  const { generatedBytes } = keyRules(algorithm);
  if (generatedBytes === undefined) {
    throw new CryptoError('unsupported_feature');
  }
  const bytes = randomBytes(generatedBytes);
  try {
    return new SymmetricKey(algorithm.name, new SecretBuffer(budget, bytes));
  } finally {
    bytes.fill(0);
  }
}

/** A key of the given bytes, which are copied. */
export function importKey(
  algorithm: SymmetricAlgorithm,
  budget: ByteBudget,
  bytes: Uint8Array,
): SymmetricKey {
  const { importedBytes } = keyRules(algorithm);
  if (importedBytes !== undefined && bytes.byteLength !== importedBytes) {
    throw new CryptoError('invalid_key');
  }
  return new SymmetricKey(algorithm.name, new SecretBuffer(budget, bytes));
}

function keyRules({ key }: SymmetricAlgorithm): KeyRules {
  if (key === undefined) {
    throw new CryptoError('key_not_supported');
  }
  return key;
}
