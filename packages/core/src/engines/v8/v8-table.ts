import { shownName } from '../../errors/printable.js';
import { DisposedError, InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { ExternalType } from '../../module-types/module-types.js';
import { describeValue } from '../../values/check-arguments.js';
import type { GuestTable } from '../../values/guest-table.js';
import { refuseOtherType } from '../other-type.js';
import type { V8Life } from './v8-life.js';
import type { V8References } from './v8-references.js';

/** An exported table on V8. */
export function v8Table(
  name: string,
  table: WebAssembly.Table,
  type: Extract<ExternalType, { kind: 'table' }>,
  references: V8References,
  life: V8Life,
  refuseWhenDisposed: () => void,
): GuestTable {
  const isFunction = type.type === 'funcref';
  // V8 counts the elements of a table of 64 bits in bigints.
  const place = (count: number) => (type.is64 === true ? BigInt(count) : count) as number;
  const requireCrossing = () => {
    refuseWhenDisposed();
    if (type.type === undefined) refuseOtherType('table', name, type.otherType);
  };
  const attempt = <Result>(index: number, use: () => Result): Result => {
    requireCrossing();
    try {
      // Before the value is looked at; and V8 takes 0.5 for 0.
      if (!Number.isInteger(index) || index < 0 || index >= Number(table.length)) {
        throw new RangeError(`${describeValue(index)} is not an index`);
      }
      return use();
    } catch (cause) {
      if (DisposedError.isInstance(cause)) throw cause;
      throw new InvalidArgumentError(
        `The table "${shownName(name)}" has ${table.length} elements and refused the index or value: ${(cause as Error).message}.`,
        { cause },
      );
    }
  };
  return {
    type: type.type,
    get length() {
      refuseWhenDisposed();
      return Number(table.length);
    },
    get: (index) =>
      attempt(index, () =>
        isFunction ? references.toWrapped(table.get(place(index)), life) : table.get(place(index)),
      ),
    set: (index, value) =>
      attempt(index, () => table.set(place(index), isFunction ? references.toRaw(value) : value)),
    grow(delta) {
      requireCrossing();
      try {
        return Number.isSafeInteger(delta) ? Number(table.grow(place(delta))) : -1;
      } catch {
        return -1;
      }
    },
  };
}
