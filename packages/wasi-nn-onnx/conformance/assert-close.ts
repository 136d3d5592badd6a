import { strict as assert } from 'node:assert';
import { type Tensor, type TensorType, tensorFromBytes } from '@wasmedge-plugins/wasi-nn';

/** Computed values of f32 may differ in the last bits: kernels of processors and of WebAssembly round otherwise. */
const tolerances: Partial<Record<TensorType, number>> = { f32: 1e-6 };

/** Fails when bytes are not the expected tensor, to the last bit where nothing is rounded. */
export function assertClose(bytes: Uint8Array, expected: Tensor, rounded: boolean): void {
  const { data } = tensorFromBytes(expected.type, expected.shape, bytes);
  const tolerance = tolerances[expected.type];
  if (!rounded || tolerance === undefined) {
    assert.deepEqual(data, expected.data);
    return;
  }
  expected.data.forEach((value, index) => {
    const difference = Math.abs(Number(data[index]) - Number(value));
    assert.ok(difference <= tolerance, `element ${index} is ${data[index]}, not ${value}`);
  });
}
