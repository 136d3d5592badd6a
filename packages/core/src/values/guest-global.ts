import type { GuestResultValue, ValueType } from './value-types.js';

/**
 * An exported global. A method throws `DisposedError` once the instance that owns the global is gone.
 *
 * `Value` is what its type is in TypeScript, if that is known: `exportedGlobal(name, type)` states it, and the declarations of a guest have it. Default: any value
 * that crosses between host and guest.
 */
export interface GuestGlobal<Value = GuestResultValue> {
  /** `undefined` for a type whose values stay inside guests, such as `i31ref`, `exnref` or `(ref 3)`. */
  readonly type: ValueType | undefined;
  /** Whether it can be set, by the guest and by the host. */
  readonly mutable: boolean;
  /**
   * Its value, in the form given by {@link ValueOf}.
   *
   * @throws {UnsupportedByEngineError} for a type that does not cross; `v128` crosses on engine `wasmedge`.
   */
  get(): Value;
  /**
   * Sets its value, in a form given by {@link ValueOf}.
   *
   * @throws {InvalidArgumentError} for an immutable global or a value of the wrong type.
   * @throws {UnsupportedByEngineError} as {@link GuestGlobal.get}.
   */
  set(value: Value): void;
}
