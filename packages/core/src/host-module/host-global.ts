import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { describeExpectation, describeValue, fitsType, isValueType } from '../values/check-arguments.js';
import type { ValueOf, ValueType } from '../values/value-types.js';

/** Options of {@link hostGlobal}. */
export interface HostGlobalOptions<Mutable extends boolean> {
  /** Whether guests and the host can set it; a guest must import it in the same way. Default: `false`. */
  readonly mutable?: Mutable | undefined;
}

/** A global variable of the host that guests import. Data only: each runtime makes its own. */
export interface HostGlobal<Type extends ValueType = ValueType, Mutable extends boolean = boolean> {
  /** Tells a global from the other kinds. */
  readonly kind: 'global';
  /** The type of its value. */
  readonly type: Type;
  /** Its value at the start. */
  readonly value: ValueOf[Type];
  /** Whether it can be set. */
  readonly mutable: Mutable;
}

/** What a global of the host can start as. */
export type HostGlobalStart<Type extends ValueType> = Type extends 'funcref' ? null : ValueOf[Type];

/**
 * A global variable that {@link hostModule} gives to guests. All guests of a runtime that import it share it, and the host reaches it with
 * `runtime.hostObject()`.
 *
 * A `funcref` starts as `null`, since the functions of guests do not exist yet, and so does an `externref` that is not mutable.
 *
 * @param type the type of its value.
 * @param value its value at the start, as {@link ValueOf} types it.
 * @param options whether it can be set. Default: it cannot.
 * @throws {InvalidArgumentError} for another type, a value that does not fit, or an unknown option.
 * @example hostModule('env', { __stack_pointer: hostGlobal('i32', 65536, { mutable: true }) })
 */
export function hostGlobal<const Type extends ValueType, const Mutable extends boolean = false>(
  type: Type,
  value: HostGlobalStart<Type>,
  options: HostGlobalOptions<Mutable> = {},
): HostGlobal<Type, Mutable> {
  checkOptionNames<HostGlobalOptions<boolean>>('hostGlobal()', options, { mutable: true });
  const { mutable = false } = options;
  if (!isValueType(type)) {
    throw new InvalidArgumentError(
      `The type of hostGlobal() must be a value type such as 'i32', not ${describeValue(type)}.`,
    );
  }
  if (typeof mutable !== 'boolean') {
    throw new InvalidArgumentError(
      `The option mutable of hostGlobal() must be a boolean, not ${describeValue(mutable)}.`,
    );
  }
  const startsAsNull = type === 'funcref' || (type === 'externref' && !mutable);
  if (startsAsNull ? value !== null : !fitsType(type, value)) {
    const wanted = startsAsNull ? 'null at the start' : describeExpectation(type);
    throw new InvalidArgumentError(
      `The value of hostGlobal('${type}') must be ${wanted}, not ${describeValue(value)}.`,
    );
  }
  return Object.freeze({ kind: 'global', type, value: value as ValueOf[Type], mutable: mutable as Mutable });
}
