import { CryptoError } from '../crypto-error.js';
import type {
  AsymmetricAlgorithm,
  KeyExchangeAlgorithm,
  SignatureAlgorithm,
} from './asymmetric-algorithm.js';

/** The key, when its algorithm signs; throws invalid_handle, as if keys of the two kinds had handles of two kinds. */
export function forSignatures<Key extends { readonly algorithm: AsymmetricAlgorithm }>(
  key: Key,
): Key & { readonly algorithm: SignatureAlgorithm } {
  if (key.algorithm.type !== 'signatures') {
    throw new CryptoError('invalid_handle');
  }
  return key as Key & { readonly algorithm: SignatureAlgorithm };
}

/** The key, when its algorithm exchanges keys; throws invalid_handle. */
export function forKeyExchange<Key extends { readonly algorithm: AsymmetricAlgorithm }>(
  key: Key,
): Key & { readonly algorithm: KeyExchangeAlgorithm } {
  if (key.algorithm.type !== 'key_exchange') {
    throw new CryptoError('invalid_handle');
  }
  return key as Key & { readonly algorithm: KeyExchangeAlgorithm };
}
