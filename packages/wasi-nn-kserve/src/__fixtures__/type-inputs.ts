import type { DataType } from '../protocol/data-type.js';
import type { InferInput } from '../protocol/messages.js';

/** An element of each type that tells it from others: extremes, and values that no other type has. Raw, as the protocol's documents lay it out. */
const elements: Readonly<Record<DataType, ArrayBufferView>> = {
  BOOL: new Uint8Array([1, 0]),
  UINT8: new Uint8Array([0, 255]),
  UINT16: new Uint16Array([1, 65_535]),
  UINT32: new Uint32Array([1, 4_294_967_295]),
  UINT64: new BigUint64Array([1n, 18_446_744_073_709_551_615n]),
  INT8: new Int8Array([-128, 127]),
  INT16: new Int16Array([-32_768, 32_767]),
  INT32: new Int32Array([-2_147_483_648, 2_147_483_647]),
  INT64: new BigInt64Array([-9_223_372_036_854_775_808n, 9_007_199_254_740_993n]),
  // 1 and -2 as bits.
  FP16: new Uint16Array([0x3c00, 0xc000]),
  BF16: new Uint16Array([0x3f80, 0xc000]),
  FP32: new Float32Array([0.1, -3.402_823_5e38]),
  FP64: new Float64Array([0.1, -1.797_693_134_862_315_7e308]),
  BYTES: Buffer.concat([Buffer.from([0, 0, 0, 0]), Buffer.from([4, 0, 0, 0]), Buffer.from('é"\n')]),
};

/** The inputs of the model `types`. */
export const typeInputs: readonly InferInput[] = Object.entries(elements).map(([dataType, view]) => ({
  name: `in_${dataType}`,
  dataType: dataType as DataType,
  shape: [2],
  data: new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
}));
