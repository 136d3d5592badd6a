import { CannotCrossError } from '../errors/placement-errors.js';
import { copyOptions } from './copy-options.js';
import { type PackedPlace, packValue, placeOf } from './pack-value.js';
import type { PackedValue } from './packed-value.js';

/**
 * {@link packValue} of a copy, which nothing that happens later changes.
 *
 * @throws {CannotCrossError} for a value that cannot cross, or cannot be copied.
 */
export function packCopy(value: unknown, place: PackedPlace): PackedValue {
  return packValue(copied(value, place), place);
}

function copied(value: unknown, place: PackedPlace): unknown {
  try {
    return copyOptions(value);
  } catch (cause) {
    throw new CannotCrossError(
      `${placeOf(place)} cannot be copied for another thread or process; see the cause. Pass plain data, nested less deeply, and bytes whose buffer was not transferred.`,
      { cause },
    );
  }
}
