import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { describeValue, fitsType } from '../../host-module/check-arguments.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { createValueSlots } from '../../native/value-slots.js';
import type { GuestTable } from '../../runtime/runtime.js';
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
  const { c } = library;
  const valueType = type.type ?? 'funcref';
  const length = () => {
    life.refuseWhenDisposed();
    return Number(c.TableInstanceGetSize(pointer));
  };
  const checkIndex = (index: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= length()) {
      throw new InvalidArgumentError(
        `The table "${name}" has ${length()} elements; there is none at ${describeValue(index)}.`,
      );
    }
  };
  return {
    type: valueType,
    get length() {
      return length();
    },
    get(index) {
      checkIndex(index);
      using slot = createValueSlots([valueType], library.valueTypes);
      c.TableInstanceGetData(pointer, slot.address, index);
      const payload = slot.u64[1] ?? 0n;
      return valueType === 'funcref' ? references.funcrefFrom(payload) : references.externrefFrom(payload);
    },
    set(index, value) {
      checkIndex(index);
      if (!fitsType(valueType, value)) {
        throw new InvalidArgumentError(
          `The table "${name}" holds ${valueType} and cannot take ${describeValue(value)}.`,
        );
      }
      c.TableInstanceSetData(pointer, toCValue(value, valueType, library.valueTypes, references), index);
    },
    grow(delta) {
      const before = length();
      const isPossible = Number.isInteger(delta) && delta >= 0 && delta <= 0xffffffff;
      return isPossible && c.TableInstanceGrow(pointer, delta) === 0 ? before : -1;
    },
  };
}
