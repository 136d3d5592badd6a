/** The error codes of WASI-Crypto, by the names of its specification. Every function of the plug-in returns one. */
export const cryptoErrno = {
  success: 0,
  guest_error: 1,
  not_implemented: 2,
  unsupported_feature: 3,
  prohibited_operation: 4,
  unsupported_encoding: 5,
  unsupported_algorithm: 6,
  unsupported_option: 7,
  invalid_key: 8,
  invalid_length: 9,
  verification_failed: 10,
  rng_error: 11,
  algorithm_failure: 12,
  invalid_signature: 13,
  closed: 14,
  invalid_handle: 15,
  overflow: 16,
  internal_error: 17,
  too_many_handles: 18,
  key_not_supported: 19,
  key_required: 20,
  invalid_tag: 21,
  invalid_operation: 22,
  nonce_required: 23,
  invalid_nonce: 24,
  option_not_set: 25,
  not_found: 26,
  parameters_missing: 27,
  in_progress: 28,
  incompatible_keys: 29,
  expired: 30,
} as const;

/** Name of an error code, for example `invalid_tag`. */
export type CryptoErrnoName = keyof typeof cryptoErrno;

/** An error code. */
export type CryptoErrno = (typeof cryptoErrno)[CryptoErrnoName];

const names: ReadonlyMap<unknown, CryptoErrnoName> = new Map(
  Object.entries(cryptoErrno).map(([name, value]) => [value, name as CryptoErrnoName]),
);

/** The name of an error code, or undefined for a number that is none. */
export function cryptoErrnoName(errno: unknown): CryptoErrnoName | undefined {
  return names.get(errno);
}
