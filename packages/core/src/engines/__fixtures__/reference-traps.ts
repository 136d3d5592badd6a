import type { TrapKind } from '../../index.js';
import { moduleOf } from '../../module-types/__fixtures__/modules.js';

/** Types of the guest below: a struct, an array of i32, one of funcref and one of i8. */
const struct = 1;
const array = 2;
const functions = 3;
const bytes = 4;
const i32 = (value: number) => [0x41, value];
const threeElements = [...i32(3), 0xfb, 7, array];
const threeBytes = [...i32(3), 0xfb, 7, bytes];
const drop = 0x1a;

/** Code for each trap that WebAssembly 3.0 adds (chapter Execution, Instructions), by hand: the text format is too new for the compiler. */
export const referenceTraps: readonly (readonly [kind: TrapKind, name: string, code: readonly number[]])[] = [
  ['null reference', 'struct.get of null', [0xd0, struct, 0xfb, 2, struct, 0, drop]],
  ['null reference', 'struct.set of null', [0xd0, struct, ...i32(0), 0xfb, 5, struct, 0]],
  ['null reference', 'array.get of null', [0xd0, array, ...i32(0), 0xfb, 11, array, drop]],
  ['null reference', 'array.len of null', [0xd0, array, 0xfb, 15, drop]],
  ['null reference', 'array.fill of null', [0xd0, array, ...i32(0), ...i32(0), ...i32(0), 0xfb, 16, array]],
  ['null reference', 'i31.get_s of null', [0xd0, 0x6c, 0xfb, 29, drop]],
  ['null reference', 'ref.as_non_null of null', [0xd0, 0x70, 0xd4, drop]],
  ['null reference', 'call_ref of null', [0xd0, 0, 0x14, 0]],
  ['cast failure', 'ref.cast to another type', [0xfb, 1, struct, 0xfb, 22, array, drop]],
  ['cast failure', 'ref.cast of null', [0xd0, struct, 0xfb, 22, struct, drop]],
  ['array out of bounds', 'array.get', [...threeElements, ...i32(3), 0xfb, 11, array, drop]],
  ['array out of bounds', 'array.set', [...threeElements, ...i32(0x7f), ...i32(0), 0xfb, 14, array]],
  ['array out of bounds', 'array.fill', [...threeElements, ...i32(2), ...i32(0), ...i32(2), 0xfb, 16, array]],
  [
    'array out of bounds',
    'array.copy',
    [...threeElements, ...i32(2), ...threeElements, ...i32(0), ...i32(2), 0xfb, 17, array, array],
  ],
  [
    'array out of bounds',
    'array.init_data',
    [...threeBytes, ...i32(2), ...i32(0), ...i32(2), 0xfb, 18, bytes, 0],
  ],
  [
    'memory out of bounds',
    'array.init_data past its data',
    [...threeBytes, ...i32(0), ...i32(2), ...i32(3), 0xfb, 18, bytes, 0],
  ],
  ['memory out of bounds', 'array.new_data', [...i32(2), ...i32(9), 0xfb, 9, bytes, 0, drop]],
  ['table out of bounds', 'array.new_elem', [...i32(2), ...i32(9), 0xfb, 10, functions, 0, drop]],
];

/** A guest that exports `run` with this code. */
export function referenceGuest(code: readonly number[]): Uint8Array {
  const body = [0, ...code, 0x0b];
  return moduleOf(
    [1, 5, 0x60, 0, 0, 0x5f, 1, 0x7f, 1, 0x5e, 0x7f, 1, 0x5e, 0x70, 1, 0x5e, 0x78, 1],
    [3, 1, 0],
    [7, 1, 3, 0x72, 0x75, 0x6e, 0, 0],
    [9, 1, 1, 0, 1, 0],
    [12, 1],
    [10, 1, body.length, ...body],
    [11, 1, 1, 2, 0x61, 0x62],
  );
}
