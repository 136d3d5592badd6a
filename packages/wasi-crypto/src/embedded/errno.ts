/** The error codes of WASI-Crypto, by their names in its specification. Every function of the plug-in returns one. */
export const cryptoErrno = {
  /** The function succeeded. */
  success: 0,
  /** The guest's input cannot be used. */
  guest_error: 1,
  /** The operation exists, but is not implemented here. */
  not_implemented: 2,
  /** The algorithm does not have this feature. */
  unsupported_feature: 3,
  /** The operation is not allowed. */
  prohibited_operation: 4,
  /** The algorithm does not have this encoding. */
  unsupported_encoding: 5,
  /** The algorithm is unknown. */
  unsupported_algorithm: 6,
  /** The option is unknown. */
  unsupported_option: 7,
  /** The bytes are not a key of the algorithm, or the key does not fit the operation. */
  invalid_key: 8,
  /** The length does not fit the algorithm or the operation. */
  invalid_length: 9,
  /** The signature does not match the message and the key. */
  verification_failed: 10,
  /** No random numbers were available. */
  rng_error: 11,
  /** The algorithm failed, or a range lies outside the guest's memory. */
  algorithm_failure: 12,
  /** The bytes are not a signature, or the signature is for another algorithm. */
  invalid_signature: 13,
  /** The handle is already closed. */
  closed: 14,
  /** The handle is not open, or is of another kind. */
  invalid_handle: 15,
  /** The buffer is too small. */
  overflow: 16,
  /** The plug-in failed. */
  internal_error: 17,
  /** The host does not allow more open handles. */
  too_many_handles: 18,
  /** The algorithm takes no key. */
  key_not_supported: 19,
  /** The algorithm needs a key. */
  key_required: 20,
  /** The tag does not match the data: something was changed, or the key is wrong. */
  invalid_tag: 21,
  /** The algorithm does not have this operation. */
  invalid_operation: 22,
  /** The algorithm needs a nonce. */
  nonce_required: 23,
  /** The nonce does not have the size that the algorithm needs. */
  invalid_nonce: 24,
  /** The option was not set. */
  option_not_set: 25,
  /** No key has this id. */
  not_found: 26,
  /** Something that the algorithm needs was not given. */
  parameters_missing: 27,
  /** The operation has not ended. */
  in_progress: 28,
  /** The keys do not belong together. */
  incompatible_keys: 29,
  /** The key must not be used any more. */
  expired: 30,
} as const;

/** Name of an error code, for example `invalid_tag`. */
export type CryptoErrnoName = keyof typeof cryptoErrno;

/** An error code. */
export type CryptoErrno = (typeof cryptoErrno)[CryptoErrnoName];

const names: ReadonlyMap<unknown, CryptoErrnoName> = new Map(
  Object.entries(cryptoErrno).map(([name, value]) => [value, name as CryptoErrnoName]),
);

/** The name of an error code, or undefined for another number. */
export function cryptoErrnoName(errno: unknown): CryptoErrnoName | undefined {
  return names.get(errno);
}
