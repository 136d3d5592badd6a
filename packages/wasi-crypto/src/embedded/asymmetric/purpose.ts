import { CryptoError } from '../crypto-error.js';
import type {
  AsymmetricAlgorithm,
  KeyExchangeAlgorithm,
  SignatureAlgorithm,
} from './asymmetric-algorithm.js';

/** The key, when its algorithm signs; throws invalid_key. */
export function forSignatures<Key extends { readonly algorithm: AsymmetricAlgorithm }>(
  key: Key,
): Key & { readonly algorithm: SignatureAlgorithm } {
  if (key.algorithm.type !== 'signatures') {
    throw new CryptoError('invalid_key');
  }
  return key as Key & { readonly algorithm: SignatureAlgorithm };
}

/** The key, when its algorithm exchanges keys; throws invalid_key. */
export function forKeyExchange<Key extends { readonly algorithm: AsymmetricAlgorithm }>(
  key: Key,
): Key & { readonly algorithm: KeyExchangeAlgorithm } {
  if (key.algorithm.type !== 'key_exchange') {
    throw new CryptoError('invalid_key');
  }
  return key as Key & { readonly algorithm: KeyExchangeAlgorithm };
}
