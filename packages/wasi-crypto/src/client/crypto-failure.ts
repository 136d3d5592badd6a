import { type CryptoErrno, type CryptoErrnoName, cryptoErrno, cryptoErrnoName } from '../embedded/errno.js';
import { WasiCryptoError } from '../errors.js';

/** What to do about an error, where the code alone says it. */
const advice: Partial<Record<CryptoErrnoName, string>> = {
  not_implemented: "The native plug-in does not have it; use the provider 'embedded'.",
  unsupported_encoding: 'Use an encoding that this algorithm has; the README lists them.',
  unsupported_algorithm: 'Use an algorithm that this provider has; the README lists them.',
  invalid_key: 'Check that the key belongs to the algorithm and is written in the encoding that was given.',
  invalid_length: 'Check the length of what was given.',
  invalid_signature: 'Check the encoding and the length of the signature.',
  incompatible_keys: 'Give a public and a secret key that belong together.',
  invalid_nonce: 'Give a nonce of the length that the algorithm has.',
  invalid_tag: 'The data, the additional data, the nonce or the key are not those it was made with.',
  too_many_handles: 'Dispose keys that are no longer needed, or raise maxHandles.',
  algorithm_failure: 'The data may be larger than maxStoredBytes allows.',
};

/** The error for a code that a function answered. No message holds any data. */
export function cryptoFailure(functionName: string, answer: number): WasiCryptoError {
  const errnoName = cryptoErrnoName(answer) ?? 'internal_error';
  const errno: CryptoErrno = cryptoErrno[errnoName];
  const hint = advice[errnoName] ?? 'The README describes when this happens.';
  return new WasiCryptoError(
    `${functionName} of WASI-Crypto answered ${errnoName} (${answer}). ${hint}`,
    errno,
    errnoName,
  );
}
