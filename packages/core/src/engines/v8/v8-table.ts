import type { ExternalType } from '../../module-types/module-types.js';
import type { GuestTable } from '../../values/guest-table.js';
import { checkTableValue, refuseTableIndex } from '../check-table.js';
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
    return type.type ?? refuseOtherType('table', name, type.otherType);
  };
  const checkIndex = (index: number) => {
    const { length } = table;
    if (!Number.isInteger(index) || index < 0 || index >= Number(length))
      refuseTableIndex(name, Number(length), index);
  };
  return {
    type: type.type,
    get length() {
      refuseWhenDisposed();
      return Number(table.length);
    },
    get(index) {
      requireCrossing();
      checkIndex(index);
      const value = table.get(place(index));
      return isFunction ? references.toWrapped(value, life) : value;
    },
    set(index, value) {
      const valueType = requireCrossing();
      checkIndex(index);
      checkTableValue(name, valueType, value);
      table.set(place(index), isFunction ? references.toRaw(value) : value);
    },
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
