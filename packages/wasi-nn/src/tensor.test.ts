import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import {
  elementCount,
  type Tensor,
  tensor,
  tensorBytes,
  tensorFromBytes,
  tensorOfOwnBytes,
  zeros,
} from './tensor.js';
import { elementSize, type TensorType } from './tensor-type.js';

const loose = tensor as unknown as (type: unknown, shape: unknown, data: unknown) => Tensor;
const refuses = (action: () => unknown, pattern: RegExp) => {
  expect(action).toThrow(InvalidArgumentError);
  expect(action).toThrow(pattern);
};

describe('tensor', () => {
  it('keeps what it was given, and copies nothing', () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const made = tensor('f32', [2, 3], data);
    data[0] = 7;
    expect(made).toEqual({ type: 'f32', shape: [2, 3], data });
    expect(made.data).toBe(data);
    expect(tensorBytes(made).buffer).toBe(data.buffer);
  });

  it('takes views of a buffer, scalars and empty tensors', () => {
    const buffer = new ArrayBuffer(64);
    const view = new Float64Array(buffer, 8, 2);
    expect(tensorBytes(tensor('f64', [2], view))).toHaveLength(16);
    expect(tensorBytes(tensor('f64', [2], view)).byteOffset).toBe(8);
    expect(tensor('i64', [], BigInt64Array.of(5n)).data[0]).toBe(5n);
    expect(tensor('u8', [0, 3], new Uint8Array()).data).toHaveLength(0);
  });

  it('says both numbers when the length is not that of the shape', () => {
    refuses(
      () => tensor('f32', [2, 3], new Float32Array(5)),
      /shape \[2, 3\] has 6 elements, but the data has 5/,
    );
    refuses(() => tensor('u8', [], new Uint8Array(0)), /has 1 elements, but the data has 0/);
  });

  it('refuses other arrays, types and shapes', () => {
    refuses(() => loose('f32', [1], new Float64Array(1)), /must be a Float32Array, not Float64Array/);
    refuses(() => loose('f32', [1], [1]), /must be a Float32Array, not an array of 1/);
    refuses(() => loose('i64', [1], new Int32Array(1)), /BigInt64Array/);
    refuses(() => loose('f8', [1], new Float32Array(1)), /no tensor type f8; available: f16, f32/);
    for (const shape of [[-1], [1.5], ['2'], 3, null, [Number.NaN]]) {
      refuses(() => loose('u8', shape, new Uint8Array(1)), /must be an array of whole numbers from 0/);
    }
    refuses(() => elementCount([2 ** 30, 2 ** 30]), /too many elements/);
  });

  it('refuses data whose buffer was transferred, before it counts elements', () => {
    const made = tensor('f32', [2], Float32Array.of(1, 2));
    structuredClone(made.data, { transfer: [made.data.buffer] });
    const gone = /^The data of .* whose bytes are gone: its buffer was transferred/;
    refuses(() => tensor('f32', [2], made.data), gone);
    refuses(() => tensor('f32', [0], made.data), gone);
    refuses(() => tensorBytes(made), gone);
    const bytes = new Uint8Array(8);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    refuses(() => tensorFromBytes('f32', [0], bytes), /^What tensorFromBytes\(\) was given .* gone/);
    refuses(() => tensorFromBytes('f32', [0], [] as never), /must be a Uint8Array, not an array/);
  });
});

describe('bytes of a tensor', () => {
  const sizes: readonly [TensorType, number][] = [
    ['f16', 2],
    ['f32', 4],
    ['f64', 8],
    ['u8', 1],
    ['i8', 1],
    ['i32', 4],
    ['i64', 8],
    ['bool', 1],
  ];
  it.each(sizes)('an element of %s has %i bytes', (type, size) => {
    expect(elementSize[type]).toBe(size);
    expect(tensorBytes(zeros(type, [3]))).toHaveLength(3 * size);
  });

  it('are copied when a tensor is made of them, and must be as many as it has', () => {
    const bytes = Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64);
    const made = tensorFromBytes('f32', [2], bytes);
    bytes.fill(0);
    // IEEE 754: 0x3f800000 is 1, 0x40000000 is 2.
    expect([...made.data]).toEqual([1, 2]);
    refuses(() => tensorFromBytes('f32', [2], new Uint8Array(7)), /has 8 bytes, but there are 7/);
  });

  it('become a tensor themselves where nobody else uses them, they are aligned, and little else is in their buffer', () => {
    const { buffer } = new Uint8Array(32);
    const made = (offset: number, length: number) =>
      tensorOfOwnBytes('f32', [length], new Uint8Array(buffer, offset, length * 4)).data.buffer === buffer;
    expect([made(0, 8), made(8, 6), made(6, 6), made(8, 4)]).toEqual([true, true, false, false]);
    refuses(() => tensorOfOwnBytes('f32', [2], new Uint8Array(7)), /has 8 bytes, but there are 7/);
  });
});
