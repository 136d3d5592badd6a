import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { ExternalType } from '../../module-types/module-types.js';
import type { GuestTable } from '../../runtime/runtime.js';
import { toRawReference, toWrappedReference } from './v8-references.js';

/** An exported table on V8. */
export function v8Table(
  name: string,
  table: WebAssembly.Table,
  type: Extract<ExternalType, { kind: 'table' }>,
  refuseWhenDisposed: () => void,
): GuestTable {
  const attempt = <Result>(use: () => Result): Result => {
    refuseWhenDisposed();
    try {
      return use();
    } catch (cause) {
      throw new InvalidArgumentError(
        `The table "${name}" has ${table.length} elements and refused the index or value: ${(cause as Error).message}.`,
        { cause },
      );
    }
  };
  return {
    type: type.type ?? 'funcref',
    get length() {
      refuseWhenDisposed();
      return table.length;
    },
    get: (index) => attempt(() => toWrappedReference(table.get(index))),
    set: (index, value) => attempt(() => table.set(index, toRawReference(value))),
    grow(delta) {
      refuseWhenDisposed();
      try {
        return table.grow(delta);
      } catch {
        return -1;
      }
    },
  };
}
