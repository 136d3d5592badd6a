import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { describeExpectation, describeValue } from '../../host-module/check-arguments.js';
import type { ValueType } from '../../host-module/value-types.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { Library } from '../../native/library.js';
import type { CValue, Pointer } from '../../native/native-functions.js';
import type { GuestGlobal } from '../../runtime/runtime.js';
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
      const converted: CValue | undefined = type.mutable
        ? toCValue(value, valueType, library.valueTypes, references)
        : undefined;
      if (converted === undefined || library.c.GlobalInstanceSetValue(pointer, converted) !== 0) {
        throw new InvalidArgumentError(
          type.mutable
            ? `The global "${name}" is ${valueType} and must be ${describeExpectation(valueType)}, not ${describeValue(value)}.`
            : `The global "${name}" is immutable and cannot be set.`,
        );
      }
    },
  };
}
