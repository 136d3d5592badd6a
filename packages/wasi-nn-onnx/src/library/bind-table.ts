import { koffi, nativeBytes } from '@wasmedge-plugins/core/native';
import type { CType, FunctionsOf, Prototypes } from '@wasmedge-plugins/wasi-nn/kit/native';

/**
 * Binds functions whose addresses are in a structure, as those of ONNX Runtime are.
 *
 * @param table the address of the structure.
 * @param places the place of each function in it, counted in pointers.
 */
export function bindTable<const Table extends Prototypes>(
  table: number,
  prototypes: Table,
  places: Readonly<Record<keyof Table, number>>,
): FunctionsOf<Table> {
  const count = Math.max(...Object.keys(prototypes).map((name) => places[name as keyof Table])) + 1;
  const { buffer, byteOffset } = nativeBytes(table, count * 8);
  const addresses = new BigUint64Array(buffer, byteOffset, count);
  const typeOf = (type: CType | '...') => (typeof type === 'string' ? type : type.type);
  const bound = Object.entries(prototypes).map(([name, [, result, parameters]]) => {
    const prototype = koffi.proto(typeOf(result), parameters.map(typeOf));
    return [name, koffi.decode(addresses[places[name as keyof Table]] as bigint, prototype)];
  });
  return Object.fromEntries(bound) as FunctionsOf<Table>;
}
