import { randomBytes } from 'node:crypto';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SecretBuffer } from '../secret-buffer.js';
import type { SymmetricAlgorithm } from './algorithms.js';
import { SymmetricKey } from './symmetric-key.js';

/** A new random key; throws unsupported_feature where the algorithm has no keys, or derived ones only. */
export function generateKey(algorithm: SymmetricAlgorithm, budget: ByteBudget): SymmetricKey {
  const generatedBytes = algorithm.key?.generatedBytes;
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

/** A key of the given bytes, which are copied; throws key_not_supported, and invalid_key for a wrong number of bytes. */
export function importKey(
  { name, key }: SymmetricAlgorithm,
  budget: ByteBudget,
  bytes: Uint8Array,
): SymmetricKey {
  if (key === undefined) {
    throw new CryptoError('key_not_supported');
  }
  if (key.importedBytes !== undefined && bytes.byteLength !== key.importedBytes) {
    throw new CryptoError('invalid_key');
  }
  return new SymmetricKey(name, new SecretBuffer(budget, bytes));
}
