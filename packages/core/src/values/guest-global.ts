import type { ValueType } from './value-types.js';

/** An exported global. */
export interface GuestGlobal {
  /** `undefined` for a type whose values stay inside guests, such as `i31ref`, `exnref` or `(ref 3)`. */
  readonly type: ValueType | undefined;
  readonly mutable: boolean;
  /** @throws {UnsupportedByEngineError} for a type that does not cross; `v128` crosses on engine `wasmedge`. */
  get(): unknown;
  /**
   * @throws {InvalidArgumentError} for an immutable global or a value of the wrong type.
   * @throws {UnsupportedByEngineError} as {@link GuestGlobal.get}.
   */
  set(value: unknown): void;
}
