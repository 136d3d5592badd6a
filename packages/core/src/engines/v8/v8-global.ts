import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { GuestGlobal } from '../../runtime/runtime.js';
import type { V8References } from './v8-references.js';

/** An exported global on V8. */
export function v8Global(
  name: string,
  global: WebAssembly.Global,
  type: Extract<ExternalType, { kind: 'global' }>,
  references: V8References,
  refuseWhenDisposed: () => void,
): GuestGlobal {
  const isFunction = type.type === 'funcref';
  return {
    type: type.type ?? 'externref',
    mutable: type.mutable,
    get() {
      refuseWhenDisposed();
      return isFunction ? references.toWrapped(global.value) : global.value;
    },
    set(value) {
      refuseWhenDisposed();
      try {
        global.value = (isFunction ? references.toRaw(value) : value) as never;
      } catch (cause) {
        throw new InvalidArgumentError(
          `The global "${name}" (${type.type}, ${type.mutable ? 'mutable' : 'immutable'}) cannot be set to this value: ${(cause as Error).message}.`,
          { cause },
        );
      }
    },
  };
}
