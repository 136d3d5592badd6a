import type { ValueType } from '../values/value-types.js';
import type { NativeFunctions } from './native-functions.js';

/** The eight bytes of WasmEdge_ValType for each type, as this library writes them. */
export type ValueTypeCodes = Readonly<Record<ValueType, bigint>>;

// The first two bytes belong to types that are defined in a module; for the others the library leaves them as they were.
const significant = 0xffff_ffff_ffff_0000n;

/** Asks the library for its value types. */
export function readValueTypeCodes(c: NativeFunctions): ValueTypeCodes {
  return {
    i32: BigInt(c.ValTypeGenI32()) & significant,
    i64: BigInt(c.ValTypeGenI64()) & significant,
    f32: BigInt(c.ValTypeGenF32()) & significant,
    f64: BigInt(c.ValTypeGenF64()) & significant,
    v128: BigInt(c.ValTypeGenV128()) & significant,
    funcref: BigInt(c.ValTypeGenFuncRef()) & significant,
    externref: BigInt(c.ValTypeGenExternRef()) & significant,
  };
}

// The third byte of a reference's code: whether it may be null.
const nullBits = 0xffn << 16n;
const nullable = 0x63n << 16n;
const neverNull = 0x64n << 16n;

/** The type as which a value with such a code can be read: one that is never null is like one that may be. */
export function readableTypeOf(codes: ValueTypeCodes, code: bigint | number): ValueType | undefined {
  const exact = BigInt(code);
  const isNeverNull = (exact & nullBits) === neverNull;
  return valueTypeOf(codes, isNeverNull ? (exact & ~nullBits) | nullable : exact);
}

/** The type that such a code means; `undefined` for one that JavaScript has no value of, as a reference that is never null. */
export function valueTypeOf(codes: ValueTypeCodes, code: bigint | number): ValueType | undefined {
  const exact = BigInt(code) & significant;
  return (Object.keys(codes) as ValueType[]).find((type) => codes[type] === exact);
}
