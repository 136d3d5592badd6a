import type { ProviderName } from '@wasmedge-plugins/core';
import { type CryptoErrno, type CryptoErrnoName, cryptoErrno, cryptoErrnoName } from '../embedded/errno.js';
import { WasiCryptoError } from '../errors.js';

/** What to do about an error, where the code alone says it. */
const advice: Partial<Record<CryptoErrnoName, string>> = {
  not_implemented: "The native plug-in lacks this function; use provider: 'embedded'.",
  unsupported_encoding: 'Use an encoding that this algorithm supports; the README lists them.',
  unsupported_algorithm: 'Use an algorithm that this provider supports; the README lists them.',
  invalid_key: 'Check that the key fits the algorithm and has the given encoding.',
  invalid_length: 'Check the length of the data.',
  verification_failed: 'The encapsulated secret was changed, or belongs to another key.',
  invalid_signature: 'Check the encoding and the length of the signature.',
  incompatible_keys: 'Pass a matching public and secret key.',
  invalid_nonce: 'Pass a nonce of the length that the algorithm needs.',
  invalid_tag: 'The data, the additional data, the nonce or the key differ from those used for encryption.',
};

/** What to do about an error whose cause depends on the provider: only the embedded one has bounds and tells the logger. */
const providerAdvice: Record<ProviderName, Partial<Record<CryptoErrnoName, string>>> = {
  embedded: {
    too_many_handles: 'Dispose of keys that are no longer needed, or raise maxHandles.',
    overflow: 'Pass less data, or raise maxStoredBytes; the README lists what is bounded besides.',
    algorithm_failure:
      'Together with what is stored already, the data may be more than maxStoredBytes. If not, the cryptography library failed, and the logger got its error code.',
  },
  native: {
    invalid_handle: 'Check that the key is one of the algorithm, of the length that it needs.',
    algorithm_failure:
      "The native plug-in does not say what failed; OpenSSL refused an argument, or does not have the algorithm. Try provider: 'embedded'.",
  },
};

/** The error for a code that a function of a provider answered. No message holds any data. */
export function cryptoFailure(provider: ProviderName, functionName: string, answer: number): WasiCryptoError {
  const errnoName = cryptoErrnoName(answer) ?? 'internal_error';
  const errno: CryptoErrno = cryptoErrno[errnoName];
  const hint =
    providerAdvice[provider][errnoName] ?? advice[errnoName] ?? 'The README describes when this happens.';
  return new WasiCryptoError(
    `${functionName} of WASI-Crypto returned ${errnoName} (${answer}). ${hint}`,
    errno,
    errnoName,
  );
}
