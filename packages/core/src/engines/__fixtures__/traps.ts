import { wat } from '../../__fixtures__/wat.js';
import type { TrapKind } from '../../index.js';

/** One exported function for each trap that the core specification defines (section 4.4, Instructions). */
export const traps: readonly (readonly [kind: TrapKind, name: string, body: string])[] = [
  ['unreachable', 'unreachable', 'unreachable'],
  ['memory out of bounds', 'load at the end', '(drop (i32.load8_u (i32.const 65536)))'],
  ['memory out of bounds', 'load across the end', '(drop (i32.load (i32.const 65533)))'],
  ['memory out of bounds', 'load with an offset', '(drop (i64.load offset=4294967295 (i32.const -1)))'],
  ['memory out of bounds', 'store', '(i32.store16 (i32.const 65535) (i32.const 0))'],
  ['memory out of bounds', 'fill', '(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))'],
  ['memory out of bounds', 'copy', '(memory.copy (i32.const 0) (i32.const 65535) (i32.const 2))'],
  ['memory out of bounds', 'init', '(memory.init $data (i32.const 0) (i32.const 1) (i32.const 2))'],
  [
    'memory out of bounds',
    'init of dropped data',
    '(data.drop $gone) (memory.init $gone (i32.const 0) (i32.const 0) (i32.const 1))',
  ],
  ['table out of bounds', 'get', '(drop (table.get 0 (i32.const 2)))'],
  ['table out of bounds', 'set', '(table.set 0 (i32.const 2) (ref.null func))'],
  ['table out of bounds', 'table fill', '(table.fill 0 (i32.const 2) (ref.null func) (i32.const 1))'],
  ['table out of bounds', 'table copy', '(table.copy 0 0 (i32.const 1) (i32.const 0) (i32.const 2))'],
  ['table out of bounds', 'table init', '(table.init $elem (i32.const 0) (i32.const 1) (i32.const 1))'],
  ['table out of bounds', 'call past the table', '(call_indirect (i32.const 2))'],
  ['integer divide by zero', 'div_s', '(drop (i32.div_s (i32.const 1) (i32.const 0)))'],
  ['integer divide by zero', 'div_u', '(drop (i64.div_u (i64.const 1) (i64.const 0)))'],
  ['integer divide by zero', 'rem_s', '(drop (i32.rem_s (i32.const 1) (i32.const 0)))'],
  ['integer divide by zero', 'rem_u', '(drop (i64.rem_u (i64.const 1) (i64.const 0)))'],
  ['integer overflow', 'i32.div_s', '(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))'],
  ['integer overflow', 'i64.div_s', '(drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))'],
  ['invalid conversion to integer', 'trunc of nan', '(drop (i32.trunc_f32_s (f32.const nan)))'],
  ['invalid conversion to integer', 'trunc of nan to i64', '(drop (i64.trunc_f64_u (f64.const nan)))'],
  [
    'indirect call type mismatch',
    'call of another type',
    '(call_indirect (param i32) (i32.const 0) (i32.const 0))',
  ],
];

/** A guest with these functions, and one that does nothing. */
export const trappingGuest = wat(`(module
  (memory 1) (table 2 funcref) (elem (i32.const 0) $nothing)
  (data $data "ab") (data $gone "ab") (elem $elem func $nothing)
  (func $nothing (export "nothing"))
  (func (export "uninitialized") (call_indirect (i32.const 1)))
  (func (export "too large") (drop (i32.trunc_f64_s (f64.const 1e30))))
  ${traps.map(([, name, body]) => `(func (export "${name}") ${body})`).join('\n  ')})`);
