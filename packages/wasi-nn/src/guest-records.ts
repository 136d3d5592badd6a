import type { GuestMemory } from '@wasmedge-plugins/core';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { borrowTensor, tensorRecordSize } from './embedded/guest-tensor.js';
import { type Tensor, tensorBytes, tensorFromBytes } from './tensor.js';
import { type TensorNumbering, tensorNumberOf } from './tensor-numbering.js';

/** A range of guest memory that a host fills for a guest. */
export interface GuestRange {
  /** Its start: the offset in the guest's memory, in bytes. */
  readonly pointer: number;
  /** Number of bytes that may be used from there on. */
  readonly length: number;
}

/** Number of bytes that {@link writeTensor} needs for a tensor: record, dimensions and data. */
export function tensorSpace({ shape, data }: Tensor): number {
  return dataOffset(shape.length) + data.byteLength;
}

/**
 * Writes the record that a guest passes to `set_input`, followed by its dimensions and data, as the guest would lay it out.
 *
 * @param space where it may write; the record is at the beginning. See {@link tensorSpace}.
 * @returns the offset of the record, which is the start of the space.
 * @throws {InvalidArgumentError} when the space is too small, or the numbering has no number for the element type.
 * @throws {MemoryRangeError} when the space is not inside the memory.
 */
export function writeTensor(
  memory: GuestMemory,
  space: GuestRange,
  tensor: Tensor,
  numbering: '0.14' | '0.15',
): number {
  const needed = tensorSpace(tensor);
  if (space.length < needed) {
    throw new InvalidArgumentError(`The tensor needs ${needed} bytes, but the space has ${space.length}.`);
  }
  const number = tensorNumberOf(tensor.type, numbering);
  if (number === undefined) {
    throw new InvalidArgumentError(
      `Guests of WasmEdge ${numbering} have no number for the type ${tensor.type}.`,
    );
  }
  const { pointer } = space;
  const dimensions = pointer + tensorRecordSize;
  const data = pointer + dataOffset(tensor.shape.length);
  memory.write(data, tensorBytes(tensor));
  tensor.shape.forEach((length, index) => {
    memory.writeU32(dimensions + index * 4, length);
  });
  const fields = [dimensions, tensor.shape.length, number, data, tensor.data.byteLength];
  fields.forEach((field, index) => {
    memory.writeU32(pointer + index * 4, field);
  });
  return pointer;
}

/**
 * Reads the tensor that a guest's record describes; the data is a copy.
 *
 * @param record where the record begins: the offset in the guest's memory, in bytes.
 * @param numbering how the guest numbers element types. Default: `auto`.
 * @throws {NnError} `invalid_argument`, as `set_input` would answer.
 */
export function readTensor(memory: GuestMemory, record: number, numbering: TensorNumbering = 'auto'): Tensor {
  let read: Tensor | undefined;
  borrowTensor(memory, record, { numbering }, ({ type, shape, data }) => {
    read = tensorFromBytes(type, shape, data);
  });
  return read as Tensor;
}

/** Number of bytes that {@link writeBuilders} needs: the array, followed by the parts. */
export function buildersSpace(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, part) => total + 8 + part.byteLength, 0);
}

/**
 * Writes the array of model parts that a guest passes to `load`, followed by the parts.
 *
 * @returns the pointer to the array; its length is the number of parts.
 * @throws {InvalidArgumentError} when the space is too small; see {@link buildersSpace}.
 * @throws {MemoryRangeError} when the space is not inside the memory.
 */
export function writeBuilders(memory: GuestMemory, space: GuestRange, parts: readonly Uint8Array[]): number {
  const needed = buildersSpace(parts);
  if (space.length < needed) {
    throw new InvalidArgumentError(`The model needs ${needed} bytes, but the space has ${space.length}.`);
  }
  let data = space.pointer + parts.length * 8;
  parts.forEach((part, index) => {
    memory.write(data, part);
    memory.writeU32(space.pointer + index * 8, data);
    memory.writeU32(space.pointer + index * 8 + 4, part.byteLength);
    data += part.byteLength;
  });
  return space.pointer;
}

/** Data is aligned to eight bytes, as guests' compilers lay it out. */
function dataOffset(rank: number): number {
  return Math.ceil((tensorRecordSize + rank * 4) / 8) * 8;
}
