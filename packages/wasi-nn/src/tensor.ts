import { InvalidArgumentError, refuseLostBytes } from '@wasmedge-plugins/core';
import { describeType } from './describe-type.js';
import type { TensorType } from './tensor-type.js';

/** The typed array that holds a tensor's elements. f16 is held as its 16 bits, bool as 0 and 1. */
export interface TensorData {
  /** The 16 bits of each float; not every JavaScript version has an array for such numbers. */
  readonly f16: Uint16Array;
  /** 32-bit floats. */
  readonly f32: Float32Array;
  /** 64-bit floats. */
  readonly f64: Float64Array;
  /** Integers from 0 to 255. */
  readonly u8: Uint8Array;
  /** Integers from -128 to 127. */
  readonly i8: Int8Array;
  /** 32-bit integers. */
  readonly i32: Int32Array;
  /** 64-bit integers, as bigints. */
  readonly i64: BigInt64Array;
  /** 0 for false and 1 for true. */
  readonly bool: Uint8Array;
}

/** A shape: the length of each dimension, outermost first. */
export type Shape = readonly number[];

/** A tensor: element type, shape and data that match each other. The data is row-major. */
export interface Tensor<Type extends TensorType = TensorType, Dimensions extends Shape = Shape> {
  /** Element type. */
  readonly type: Type;
  /** The length of each dimension, outermost first. */
  readonly shape: Dimensions;
  /** The elements; the given array, not a copy. */
  readonly data: TensorData[Type];
}

interface TensorArray<Type extends TensorType> {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): TensorData[Type];
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): TensorData[Type];
}

const arrays: { readonly [Type in TensorType]: TensorArray<Type> } = {
  f16: Uint16Array,
  f32: Float32Array,
  f64: Float64Array,
  u8: Uint8Array,
  i8: Int8Array,
  i32: Int32Array,
  i64: BigInt64Array,
  bool: Uint8Array,
};

/**
 * Ties data to an element type and a shape. Nothing is copied: the tensor sees later changes of `data`.
 *
 * @throws {InvalidArgumentError} when the type is unknown, a dimension is not a whole number, the data is the wrong kind of array, or
 * its length is not the product of the shape; the message has both numbers. Also when the data's buffer was transferred.
 * @example tensor('f32', [1, 3, 224, 224], pixels)
 */
export function tensor<const Type extends TensorType, const Dimensions extends Shape>(
  type: Type,
  shape: Dimensions,
  data: TensorData[Type],
): Tensor<Type, Dimensions> {
  const array = arrayOf(type);
  const length = elementCount(shape);
  if (!(data instanceof array)) {
    throw new InvalidArgumentError(
      `The data of a tensor of type ${type} must be a ${array.name}, not ${describeType(data)}.`,
    );
  }
  refuseLostBytes(`The data of a tensor of shape [${shape.join(', ')}]`, data);
  if (data.length !== length) {
    throw new InvalidArgumentError(
      `A tensor of shape [${shape.join(', ')}] has ${length} elements, but the data has ${data.length}.`,
    );
  }
  return { type, shape, data };
}

/**
 * A tensor of zeros.
 *
 * @throws {InvalidArgumentError} when the type is unknown, or the shape is not a list of whole numbers of at least 0.
 */
export function zeros<const Type extends TensorType, const Dimensions extends Shape>(
  type: Type,
  shape: Dimensions,
): Tensor<Type, Dimensions> {
  return { type, shape, data: new (arrayOf(type))(elementCount(shape)) };
}

/**
 * The bytes of a tensor's data, not a copy.
 *
 * @throws {InvalidArgumentError} when the data's buffer was transferred.
 */
export function tensorBytes({ data }: Tensor): Uint8Array {
  refuseLostBytes('The data of the tensor', data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * A tensor from a copy of row-major, little-endian bytes.
 *
 * @throws {InvalidArgumentError} when the type is unknown, the shape is not a list of whole numbers of at least 0, the number of bytes does not match them, or they are no `Uint8Array` or one whose buffer was transferred.
 */
export function tensorFromBytes<const Type extends TensorType, const Dimensions extends Shape>(
  type: Type,
  shape: Dimensions,
  bytes: Uint8Array,
): Tensor<Type, Dimensions> {
  if (!(bytes instanceof Uint8Array)) {
    throw new InvalidArgumentError(`The bytes of a tensor must be a Uint8Array, not ${describeType(bytes)}.`);
  }
  refuseLostBytes('What tensorFromBytes() was given', bytes);
  const made = zeros(type, shape);
  const target = tensorBytes(made);
  if (bytes.byteLength !== target.byteLength) {
    throw new InvalidArgumentError(
      `A tensor of type ${type} and shape [${shape.join(', ')}] has ${target.byteLength} bytes, but there are ${bytes.byteLength}.`,
    );
  }
  target.set(bytes);
  return made;
}

/**
 * A tensor from row-major, little-endian bytes that nobody else uses: of themselves where they are aligned and make up most of their buffer, else of a copy.
 *
 * @throws {InvalidArgumentError} like {@link tensorFromBytes}.
 */
export function tensorOfOwnBytes(type: TensorType, shape: Shape, bytes: Uint8Array): Tensor {
  const array = arrayOf(type);
  const { buffer, byteOffset, byteLength } = bytes;
  const count = elementCount(shape);
  const isWhole = byteLength === count * array.BYTES_PER_ELEMENT;
  const isAligned = byteOffset % array.BYTES_PER_ELEMENT === 0;
  // A small part would keep all of the buffer, or show it to whoever gets the tensor.
  if (!isWhole || !isAligned || byteLength * 2 <= buffer.byteLength)
    return tensorFromBytes(type, shape, bytes);
  return { type, shape, data: new array(buffer, byteOffset, count) };
}

/**
 * The number of elements of a shape.
 *
 * @throws {InvalidArgumentError} when a dimension is not a whole number of at least 0, or there would be more than 2^53 elements.
 */
export function elementCount(shape: Shape): number {
  if (
    !Array.isArray(shape) ||
    !shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0)
  ) {
    throw new InvalidArgumentError(
      `The shape of a tensor must be an array of whole numbers from 0, not ${describeType(shape)}.`,
    );
  }
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (!Number.isSafeInteger(count)) {
    throw new InvalidArgumentError(`A tensor of shape [${shape.join(', ')}] has too many elements.`);
  }
  return count;
}

function arrayOf<Type extends TensorType>(type: Type): TensorArray<Type> {
  const array = arrays[type];
  if (array === undefined) {
    throw new InvalidArgumentError(
      `There is no tensor type ${String(type)}; available: ${Object.keys(arrays).join(', ')}.`,
    );
  }
  return array;
}
