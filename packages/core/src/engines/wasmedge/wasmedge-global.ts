import { shownName } from '../../errors/printable.js';
import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { readableTypeOf } from '../../native/value-type-codes.js';
import { describeValue } from '../../values/check-arguments.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import type { GuestResultValue } from '../../values/value-types.js';
import { checkGlobalValue } from '../check-global.js';
import { refuseOtherType } from '../other-type.js';
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
  const { c, valueTypes } = library;
  // What the module's bytes say and what the library made of them: a value that is taken for another is an access to any address.
  const found = readableTypeOf(
    valueTypes,
    c.GlobalTypeGetValType(Number(c.GlobalInstanceGetGlobalType(pointer))),
  );
  const crossing = () => {
    life.refuseWhenDisposed();
    return type.type === undefined || type.type !== found
      ? refuseOtherType('global', name, type.otherType)
      : type.type;
  };
  return {
    type: type.type,
    mutable: type.mutable,
    get() {
      return fromCValue(c.GlobalInstanceGetValue(pointer), crossing(), references, life) as GuestResultValue;
    },
    set(value) {
      const valueType = crossing();
      checkGlobalValue(name, valueType, type.mutable, value);
      const code = c.GlobalInstanceSetValue(pointer, toCValue(value, valueType, valueTypes, references));
      if (code !== 0) {
        throw new InvalidArgumentError(
          `The global "${shownName(name)}" rejected ${describeValue(value)}: ${c.ResultGetMessage(code)}.`,
        );
      }
    },
  };
}
