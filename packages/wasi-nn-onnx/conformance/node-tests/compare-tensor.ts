import { elementSize } from '@wasmedge-plugins/wasi-nn';
import type { NodeTensor } from './read-node-tests.js';

/** How the suite of ONNX compares: each element may be so far from the right one, infinities and what is no number are the same. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** Where bytes are not a tensor, as a part of a sentence; `undefined` when they are. */
export function differenceOf(
  bytes: Uint8Array,
  { type, shape, bytes: right }: NodeTensor,
  { rtol, atol }: Tolerance,
): string | undefined {
  if (bytes.length !== right.length) {
    return `${bytes.length} bytes, not the ${right.length} of ${type} [${shape.join(', ')}]`;
  }
  const [got, wanted] = [bytes, right].map((each) => new DataView(each.slice().buffer)) as [
    DataView,
    DataView,
  ];
  const read = readers[type];
  for (let offset = 0; offset < right.length; offset += elementSize[type]) {
    const [a, b] = [read(got, offset), read(wanted, offset)];
    const isClose = Object.is(a, b) || a === b || Math.abs(a - b) <= atol + rtol * Math.abs(b);
    if (!isClose) return `element ${offset / elementSize[type]} is ${a}, not ${b}`;
  }
  return undefined;
}

const readers: Readonly<Record<NodeTensor['type'], (view: DataView, offset: number) => number>> = {
  f16: (view, offset) => floatOf16Bits(view.getUint16(offset, true)),
  f32: (view, offset) => view.getFloat32(offset, true),
  f64: (view, offset) => view.getFloat64(offset, true),
  u8: (view, offset) => view.getUint8(offset),
  i8: (view, offset) => view.getInt8(offset),
  i32: (view, offset) => view.getInt32(offset, true),
  i64: (view, offset) => Number(view.getBigInt64(offset, true)),
  bool: (view, offset) => view.getUint8(offset),
};

function floatOf16Bits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
