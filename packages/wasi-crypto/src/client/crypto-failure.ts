import { type CryptoErrno, type CryptoErrnoName, cryptoErrno, cryptoErrnoName } from '../embedded/errno.js';
import { WasiCryptoError } from '../errors.js';

/** What to do about an error, where the code alone says it. */
const advice: Partial<Record<CryptoErrnoName, string>> = {
  not_implemented: "The native plug-in lacks this function; use provider: 'embedded'.",
  unsupported_encoding: 'Use an encoding that this algorithm supports; the README lists them.',
  unsupported_algorithm: 'Use an algorithm that this provider supports; the README lists them.',
  invalid_key: 'Check that the key fits the algorithm and has the given encoding.',
  invalid_length: 'Check the length of the data.',
  invalid_signature: 'Check the encoding and the length of the signature.',
  incompatible_keys: 'Pass a matching public and secret key.',
  invalid_nonce: 'Pass a nonce of the length that the algorithm needs.',
  invalid_tag: 'The data, the additional data, the nonce or the key differ from those used for encryption.',
  too_many_handles: 'Dispose of keys that are no longer needed, or raise maxHandles.',
  algorithm_failure: 'The data may be larger than maxStoredBytes allows.',
};

/** The error for a code that a function answered. No message holds any data. */
export function cryptoFailure(functionName: string, answer: number): WasiCryptoError {
  const errnoName = cryptoErrnoName(answer) ?? 'internal_error';
  const errno: CryptoErrno = cryptoErrno[errnoName];
  const hint = advice[errnoName] ?? 'The README describes when this happens.';
  return new WasiCryptoError(
    `${functionName} of WASI-Crypto returned ${errnoName} (${answer}). ${hint}`,
    errno,
    errnoName,
  );
}
