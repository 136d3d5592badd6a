/** Gives bytes to `use` and zeroes them afterwards, whatever happens. */
export function zeroedAfter<Bytes extends Uint8Array, Result>(
  bytes: Bytes,
  use: (bytes: Bytes) => Result,
): Result {
  try {
    return use(bytes);
  } finally {
    bytes.fill(0);
  }
}
