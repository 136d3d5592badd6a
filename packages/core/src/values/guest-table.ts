/** An exported table. */
export interface GuestTable {
  /** `undefined` for a type whose values stay inside guests, such as `i31ref`, `exnref` or `(ref null 3)`; then there is only `length`. */
  readonly type: 'funcref' | 'externref' | undefined;
  readonly length: number;
  /**
   * @throws {InvalidArgumentError} for an index outside of the table.
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  get(index: number): unknown;
  /**
   * @throws {InvalidArgumentError} for an index outside of the table, or a value of the wrong type.
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  set(index: number, value: unknown): void;
  /**
   * Returns the length before, or -1 when the table's maximum or the bound on the tables of a runtime does not allow it.
   *
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  grow(delta: number): number;
}
