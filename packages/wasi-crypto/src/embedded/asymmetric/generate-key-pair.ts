import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import type { AsymmetricAlgorithm } from './asymmetric-algorithm.js';
import { KeyPair } from './key-objects.js';

/** A new key pair. Options must be of the algorithm's type and have no meaning; throws invalid_handle for others. */
export function generateKeyPair(
  state: CryptoState,
  algorithm: AsymmetricAlgorithm,
  options: number | undefined,
): KeyPair {
  if (options !== undefined && state.options.get(options).type !== algorithm.type) {
    throw new CryptoError('invalid_handle');
  }
  state.handles.requireRoom();
  return new KeyPair(algorithm, algorithm.keys.generate());
}
