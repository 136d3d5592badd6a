/** Versions of a managed key that are not a version: the specification's special values of a u64. */
export const version = {
  /** The key is not managed. */
  unspecified: 0xff00_0000_0000_0000n,
  /** The latest version that was not invalidated. */
  latest: 0xff00_0000_0000_0001n,
  /** All versions, where a key is invalidated. */
  all: 0xff00_0000_0000_0002n,
} as const;

/** A version as a guest passes it: an i64 that arrives signed. */
export function toVersion(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
