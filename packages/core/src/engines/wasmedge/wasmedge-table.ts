import { shownName } from '../../errors/printable.js';
import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { valueRows } from '../../native/value-rows.js';
import { valueTypeOf } from '../../native/value-type-codes.js';
import type { GuestTable } from '../../values/guest-table.js';
import { checkTableValue, refuseTableIndex } from '../check-table.js';
import { refuseOtherType } from '../other-type.js';
import { toCValue } from './c-value.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';

/** An exported table on WasmEdge. */
export function wasmEdgeTable(
  name: string,
  pointer: Pointer,
  type: Extract<ExternalType, { kind: 'table' }>,
  library: Library,
  references: ReferenceTable,
  life: InstanceLife,
): GuestTable {
  const { c, valueTypes } = library;
  // What the module's bytes say and what the library made of them: a value that is taken for another is an access to any address.
  const found = valueTypeOf(valueTypes, c.TableTypeGetRefType(Number(c.TableInstanceGetTableType(pointer))));
  const crossing = () => {
    life.refuseWhenDisposed();
    return type.type === undefined || type.type !== found
      ? refuseOtherType('table', name, type.otherType)
      : type.type;
  };
  const length = () => {
    life.refuseWhenDisposed();
    return Number(c.TableInstanceGetSize(pointer));
  };
  const checkIndex = (index: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= length()) {
      refuseTableIndex(name, length(), index);
    }
  };
  const requireDone = (code: number) => {
    if (code !== 0) {
      throw new InvalidArgumentError(
        `The table "${shownName(name)}" refused the index or value: ${c.ResultGetMessage(code)}.`,
      );
    }
  };
  return {
    type: type.type,
    get length() {
      return length();
    },
    get(index) {
      const valueType = crossing();
      checkIndex(index);
      // Nothing is read from this row later than when a call has ended.
      const { output } = valueRows();
      requireDone(c.TableInstanceGetData(pointer, output.address, index));
      const payload = output.u64[1] ?? 0n;
      return valueType === 'funcref'
        ? references.funcrefFrom(payload, life)
        : references.externrefFrom(payload);
    },
    set(index, value) {
      const valueType = crossing();
      checkIndex(index);
      checkTableValue(name, valueType, value);
      requireDone(c.TableInstanceSetData(pointer, toCValue(value, valueType, valueTypes, references), index));
    },
    grow(delta) {
      crossing();
      const before = length();
      const isPossible = Number.isInteger(delta) && delta >= 0 && delta <= 0xffffffff;
      return isPossible && c.TableInstanceGrow(pointer, delta) === 0 ? before : -1;
    },
  };
}
