import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import { checkGlobalValue } from '../check-global.js';
import { refuseOtherType } from '../other-type.js';
import type { V8Life } from './v8-life.js';
import type { V8References } from './v8-references.js';

/** An exported global on V8. */
export function v8Global(
  name: string,
  global: WebAssembly.Global,
  type: Extract<ExternalType, { kind: 'global' }>,
  references: V8References,
  life: V8Life,
  refuseWhenDisposed: () => void,
): GuestGlobal {
  const valueType = type.type;
  const isFunction = valueType === 'funcref';
  const crossing = () => {
    refuseWhenDisposed();
    if (valueType === undefined) return refuseOtherType('global', name, type.otherType);
    if (valueType === 'v128') {
      throw new UnsupportedByEngineError(
        `The global "${shownName(name)}" is v128, which JavaScript cannot read on engine v8; use engine: 'wasmedge'.`,
      );
    }
    return valueType;
  };
  return {
    type: valueType,
    mutable: type.mutable,
    get() {
      crossing();
      return isFunction ? references.toWrapped(global.value, life) : global.value;
    },
    set(value) {
      checkGlobalValue(name, crossing(), type.mutable, value);
      global.value = (isFunction ? references.toRaw(value) : value) as never;
    },
  };
}
