const wordSize = 2 ** 32;

/**
 * A time in nanoseconds as two words of 32 bits: a bigint for each look at a clock would take longer than the look. It is counted as a number
 * from a base, exactly for 104 days and then to the next nanosecond or two.
 */
export class TimeWords {
  high = 0;
  low = 0;
  #baseHigh = 0;
  #baseLow = 0;

  /** @param base nanoseconds. */
  constructor(base: bigint) {
    this.countFrom(base);
  }

  /** Sets the base, in nanoseconds. */
  countFrom(base: bigint): void {
    this.#baseHigh = Number(base >> 32n);
    this.#baseLow = Number(base & 0xffff_ffffn);
  }

  /** Sets the time, in nanoseconds after the base. */
  set(nanoseconds: number): void {
    const low = this.#baseLow + nanoseconds;
    const carry = Math.floor(low / wordSize);
    this.high = this.#baseHigh + carry;
    this.low = low - carry * wordSize;
  }

  /** The time in nanoseconds. */
  get nanoseconds(): bigint {
    return (BigInt(this.high) << 32n) | BigInt(this.low);
  }
}
