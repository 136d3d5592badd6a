import type { CValue } from '../../native/native-functions.js';
import type { ValueTypeCodes } from '../../native/value-type-codes.js';
import type { FunctionReference, ValueType } from '../../values/value-types.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';

const scratch = new DataView(new ArrayBuffer(8));

/** A WasmEdge_Value as JavaScript has it. */
export function fromCValue(
  value: CValue,
  type: ValueType,
  references: ReferenceTable,
  life: InstanceLife,
): unknown {
  const low = BigInt(value.low);
  const high = BigInt(value.high);
  scratch.setBigUint64(0, low, true);
  switch (type) {
    case 'i32':
      return scratch.getInt32(0, true);
    case 'i64':
      return scratch.getBigInt64(0, true);
    case 'f32':
      return scratch.getFloat32(0, true);
    case 'f64':
      return scratch.getFloat64(0, true);
    case 'v128':
      return low | (high << 64n);
    case 'funcref':
      return references.funcrefFrom(high, life);
    case 'externref':
      return references.externrefFrom(high);
  }
}

/** A JavaScript value that fits the type as a WasmEdge_Value. */
export function toCValue(
  value: unknown,
  type: ValueType,
  codes: ValueTypeCodes,
  references: ReferenceTable,
): CValue {
  const made = (low: bigint, high = 0n): CValue => ({ low, high, type: codes[type], padding: 0 });
  scratch.setBigUint64(0, 0n, true);
  switch (type) {
    case 'i32':
      scratch.setInt32(0, value as number, true);
      return made(scratch.getBigUint64(0, true));
    case 'i64':
    case 'v128': {
      const unsigned = BigInt.asUintN(type === 'i64' ? 64 : 128, value as bigint);
      return made(BigInt.asUintN(64, unsigned), unsigned >> 64n);
    }
    case 'f32':
    case 'f64':
      if (type === 'f32') {
        scratch.setFloat32(0, value as number, true);
      } else {
        scratch.setFloat64(0, value as number, true);
      }
      return made(scratch.getBigUint64(0, true));
    case 'funcref':
      return made(codes.funcref, references.funcrefTo(value as FunctionReference | null));
    case 'externref':
      return made(codes.externref, references.externrefTo(value));
  }
}
