import type { ValueType } from '../values/value-types.js';
import type { ValueTypeCodes } from './value-type-codes.js';

/**
 * JavaScript source that reads one value of a row of WasmEdge_Value. `views` is the name of an object with the views, `byte` source
 * of the row's byte offset in them, `index` the position in the row. References go through `references`; where a function comes through an
 * instance, `life` tells how long that lives.
 */
export function readValueSource(type: ValueType, views: string, byte: string, index: number): string {
  const at = (width: number, word = 0) =>
    `${views}.${viewOf(type)}[(${byte} >> ${width}) + ${(index * 32) >> width} + ${word}]`;
  switch (type) {
    case 'i32':
    case 'f32':
      return at(2);
    case 'i64':
    case 'f64':
      return at(3);
    case 'v128':
      return `(${at(3)} | (${at(3, 1)} << 64n))`;
    case 'funcref':
      return `references.funcrefFrom(${at(3, 1)}, life)`;
    case 'externref':
      return `references.externrefFrom(${at(3, 1)})`;
  }
}

/** JavaScript source of a statement that writes `value` into a row of WasmEdge_Value whose types are already there. */
export function writeValueSource(
  type: ValueType,
  views: string,
  byte: string,
  index: number,
  value: string,
): string {
  const at = (width: number, word = 0) =>
    `${views}.${viewOf(type)}[(${byte} >> ${width}) + ${(index * 32) >> width} + ${word}]`;
  switch (type) {
    case 'i32':
    case 'f32':
      return `${at(2)} = ${value};`;
    case 'i64':
    case 'f64':
      return `${at(3)} = ${value};`;
    case 'v128':
      return `${at(3)} = BigInt.asUintN(64, ${value}); ${at(3, 1)} = ${value} >> 64n;`;
    case 'funcref':
    case 'externref':
      return `${at(3, 1)} = references.${type}To(${value});`;
  }
}

/** JavaScript source that writes the type words of one value, for a row that C did not fill in. */
export function writeTypeSource(type: ValueType, views: string, byte: string, index: number): string {
  const at = (word: number) => `${views}.u64[(${byte} >> 3) + ${index * 4 + word}]`;
  const reference = type === 'funcref' || type === 'externref';
  return `${at(2)} = codes.${type};${reference ? ` ${at(0)} = codes.${type};` : ''}`;
}

/** The same for a row of this library's own, whose codes are written out: numbers of 32 bits are stored faster than bigints. */
export function writeKnownTypeSource(
  type: ValueType,
  views: string,
  index: number,
  codes: ValueTypeCodes,
): string {
  const low = Number(BigInt.asUintN(32, codes[type]));
  const high = Number(codes[type] >> 32n);
  const at = (word: number) =>
    `${views}.u32[${index * 8 + word}] = ${low}; ${views}.u32[${index * 8 + word + 1}] = ${high};`;
  const reference = type === 'funcref' || type === 'externref';
  return `${at(4)}${reference ? ` ${at(0)}` : ''}`;
}

function viewOf(type: ValueType): string {
  switch (type) {
    case 'i32':
    case 'f32':
    case 'i64':
    case 'f64':
      return type;
    default:
      return 'u64';
  }
}
