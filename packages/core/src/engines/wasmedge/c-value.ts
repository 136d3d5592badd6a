import type { ValueType } from '../../host-module/value-types.js';
import type { CValue } from '../../native/native-functions.js';
import type { ValueTypeCodes } from '../../native/value-type-codes.js';
import type { ReferenceTable } from './reference-table.js';

const scratch = new DataView(new ArrayBuffer(8));

/** A WasmEdge_Value as JavaScript has it. */
export function fromCValue(value: CValue, type: ValueType, references: ReferenceTable): unknown {
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
      return references.funcrefFrom(high);
    case 'externref':
      return references.externrefFrom(high);
  }
}

/** A JavaScript value as a WasmEdge_Value, or undefined when it does not fit the type. */
export function toCValue(
  value: unknown,
  type: ValueType,
  codes: ValueTypeCodes,
  references: ReferenceTable,
): CValue | undefined {
  const made = (low: bigint, high = 0n): CValue => ({ low, high, type: codes[type], padding: 0 });
  scratch.setBigUint64(0, 0n, true);
  switch (type) {
    case 'i32':
      if (typeof value !== 'number' || (value !== (value | 0) && value !== value >>> 0)) {
        return undefined;
      }
      scratch.setInt32(0, value, true);
      return made(scratch.getBigUint64(0, true));
    case 'i64':
    case 'v128': {
      const bits = type === 'i64' ? 64 : 128;
      if (
        typeof value !== 'bigint' ||
        (BigInt.asUintN(bits, value) !== value && BigInt.asIntN(64, value) !== value)
      ) {
        return undefined;
      }
      const unsigned = BigInt.asUintN(bits, value);
      return made(BigInt.asUintN(64, unsigned), unsigned >> 64n);
    }
    case 'f32':
    case 'f64':
      if (typeof value !== 'number') {
        return undefined;
      }
      if (type === 'f32') {
        scratch.setFloat32(0, value, true);
      } else {
        scratch.setFloat64(0, value, true);
      }
      return made(scratch.getBigUint64(0, true));
    case 'funcref':
      return value === null || typeof value === 'function'
        ? made(codes.funcref, references.funcrefTo(value as never))
        : undefined;
    case 'externref':
      return made(codes.externref, references.externrefTo(value));
  }
}
