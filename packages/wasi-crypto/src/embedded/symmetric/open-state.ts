import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import type { OptionsObject } from '../options-object.js';
import type { SymmetricAlgorithm } from './algorithms.js';
import type { SymmetricKey } from './symmetric-key.js';
import type { SymmetricState } from './symmetric-state.js';

const noKey = new Uint8Array(0);

/** A state of the algorithm; it keeps its own copy of what it needs of key and options. */
export function openState(
  algorithm: SymmetricAlgorithm,
  budget: ByteBudget,
  key: SymmetricKey | undefined,
  options: OptionsObject | undefined,
): SymmetricState {
  if (algorithm.key === undefined && key !== undefined) {
    throw new CryptoError('key_not_supported');
  }
  if (algorithm.key !== undefined && key === undefined) {
    throw new CryptoError('key_required');
  }
  if (key !== undefined && key.algorithm !== algorithm.name) {
    throw new CryptoError('invalid_key');
  }
  return algorithm.open({
    budget,
    key: key?.bytes ?? noKey,
    options: options && { nonce: options.bytes('nonce') },
  });
}
