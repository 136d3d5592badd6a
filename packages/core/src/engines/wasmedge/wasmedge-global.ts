import type { ValueType } from '../../host-module/value-types.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import type { GuestGlobal } from '../../runtime/runtime.js';
import { checkGlobalValue } from '../check-global.js';
import { fromCValue, toCValue } from './c-value.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';

/** An exported global on WasmEdge. */
export function wasmEdgeGlobal(
  name: string,
  pointer: Pointer,
  type: Extract<ExternalType, { kind: 'global' }>,
  library: Library,
  references: ReferenceTable,
  life: InstanceLife,
): GuestGlobal {
  const valueType: ValueType = type.type ?? 'externref';
  return {
    type: valueType,
    mutable: type.mutable,
    get() {
      life.refuseWhenDisposed();
      return fromCValue(library.c.GlobalInstanceGetValue(pointer), valueType, references);
    },
    set(value) {
      life.refuseWhenDisposed();
      checkGlobalValue(name, valueType, type.mutable, value);
      library.c.GlobalInstanceSetValue(pointer, toCValue(value, valueType, library.valueTypes, references));
    },
  };
}
