/** An exported table. A method throws `DisposedError` once the instance that owns the table is gone. */
export interface GuestTable {
  /** `undefined` for a type whose values stay inside guests, such as `i31ref`, `exnref` or `(ref null 3)`; then there is only `length`. */
  readonly type: 'funcref' | 'externref' | undefined;
  /** The current number of elements. */
  readonly length: number;
  /**
   * The element at an index, counted from 0; `null` for an empty one.
   *
   * @throws {InvalidArgumentError} for an index outside the table.
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  get(index: number): unknown;
  /**
   * Replaces the element at an index, counted from 0; `null` empties it.
   *
   * @throws {InvalidArgumentError} for an index outside the table, or a value of the wrong type.
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  set(index: number, value: unknown): void;
  /**
   * Adds `delta` empty elements at the end. Returns the length before, or -1 when the table's maximum or the runtime's bound on tables does not allow it.
   *
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  grow(delta: number): number;
}
