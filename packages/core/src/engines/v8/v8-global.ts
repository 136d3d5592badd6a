import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { GuestGlobal } from '../../runtime/runtime.js';
import { toRawReference, toWrappedReference } from './v8-references.js';

/** An exported global on V8. */
export function v8Global(
  name: string,
  global: WebAssembly.Global,
  type: Extract<ExternalType, { kind: 'global' }>,
  refuseWhenDisposed: () => void,
): GuestGlobal {
  return {
    type: type.type ?? 'externref',
    mutable: type.mutable,
    get() {
      refuseWhenDisposed();
      return toWrappedReference(global.value);
    },
    set(value) {
      refuseWhenDisposed();
      try {
        global.value = toRawReference(value) as never;
      } catch (cause) {
        throw new InvalidArgumentError(
          `The global "${name}" (${type.type}, ${type.mutable ? 'mutable' : 'immutable'}) cannot be set to this value: ${(cause as Error).message}.`,
          { cause },
        );
      }
    },
  };
}
