import type { ValueOf, ValueType } from '../values/value-types.js';

/** A global of the host in one runtime. A method throws `DisposedError` once the runtime is gone. */
export interface HostGlobalAccess<Type extends ValueType, Mutable extends boolean> {
  /** The type of its value. */
  readonly type: Type;
  /** Whether it can be set, by guests and by the host. */
  readonly mutable: Mutable;
  /**
   * Its value, in the form given by {@link ValueOf}.
   *
   * @throws {UnsupportedByEngineError} for `v128` on engine `v8`.
   */
  get(): ValueOf[Type];
  /**
   * Sets its value, in a form given by {@link ValueOf}. The compiler refuses it for a global that is known to be immutable.
   *
   * @throws {InvalidArgumentError} for an immutable global or a value of the wrong type.
   * @throws {UnsupportedByEngineError} as {@link HostGlobalAccess.get}.
   */
  set(value: Mutable extends false ? never : ValueOf[Type]): void;
}
