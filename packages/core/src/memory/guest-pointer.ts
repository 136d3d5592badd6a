/**
 * A pointer into guest memory, or a length, as guests pass them. A number from -2^31 to -1 is an `i32` of 2^31 or more, which arrives
 * signed; a bigint below zero is such an `i64`. Every other number stands for itself. A value that is not a whole number, or is out of
 * range, lies outside every memory.
 */
export type GuestPointer = number | bigint;

/** The number of bytes that a pointer or length stands for; `NaN`, which is within nothing, for an invalid one. */
export function toOffset(value: GuestPointer): number {
  if (typeof value === 'number') {
    if ((value | 0) === value) return value >>> 0;
    return Number.isInteger(value) && value > 0 ? value : Number.NaN;
  }
  return typeof value === 'bigint' && value >= -(2n ** 63n) && value < 2n ** 64n
    ? Number(BigInt.asUintN(64, value))
    : Number.NaN;
}
