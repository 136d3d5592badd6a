import type { GuestMemory } from '@wasmedge-plugins/core';
import type { RawTensor } from '../backend.js';
import { NnError } from '../errors.js';
import { type TensorNumbering, tensorTypeOf } from '../tensor-numbering.js';
import { elementSize } from '../tensor-type.js';

/** Size of a tensor record: pointer to the dimensions, their count, element type, pointer to the data, its length. */
export const tensorRecordSize = 20;

/** Most dimensions that a tensor may have; more than any backend takes. */
const maxDimensions = 64;

/** Most elements that an empty tensor would have if its empty dimensions had length 1: a model may compute that many of them. */
const maxEmptyElements = 2 ** 26;

/** How a guest's tensor is read. */
export interface TensorRules {
  /** How guests number element types. */
  readonly numbering: TensorNumbering;
  /** Whether the model takes bytes, whatever the guest says that they are; see `ExecutionContext`. Called when the guest's ranges have been checked. Default: it does not. */
  takesBytes?(): boolean;
}

/**
 * Reads the tensor that a guest's record describes, and passes it on as a view of the guest's memory.
 *
 * @throws {NnError} `invalid_argument` for a range outside the memory, an unknown element type, or data of another length than the
 * shape has.
 */
export function borrowTensor(
  memory: GuestMemory,
  record: number,
  { numbering, takesBytes }: TensorRules,
  use: (tensor: RawTensor) => void,
): void {
  checkRange(memory, record, tensorRecordSize, 'the tensor record');
  const dimensions = memory.readU32(record);
  const count = memory.readU32(record + 4);
  const typeNumber = memory.readU32(record + 8);
  const pointer = memory.readU32(record + 12);
  const length = memory.readU32(record + 16);
  checkRange(memory, dimensions, count * 4, "the tensor's dimensions");
  checkRange(memory, pointer, length, "the tensor's data");
  // The bound of what is read and made from here on.
  if (count > maxDimensions) {
    throw new NnError(
      'invalid_argument',
      `The tensor has ${count} dimensions; at most ${maxDimensions} are accepted.`,
    );
  }
  const shape = Array.from({ length: count }, (_, index) => memory.readU32(dimensions + index * 4));
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  const isBytes = takesBytes?.() === true;
  if (!isBytes) checkEmptyTensor(shape, elements);
  const type = tensorTypeOf(typeNumber, numbering, elements, length);
  if (type === undefined) {
    throw new NnError('invalid_argument', `There is no tensor type ${typeNumber & 0xff}.`);
  }
  if (isBytes) {
    memory.borrow(pointer, length, (data) => use({ type: 'u8', shape: [length], data }));
    return;
  }
  if (elements * elementSize[type] !== length) {
    throw new NnError(
      'invalid_argument',
      `A tensor of type ${type} and shape [${shape.join(', ')}] has ${elements * elementSize[type]} bytes, but the guest passed ${length}.`,
    );
  }
  memory.borrow(pointer, length, (data) => use({ type, shape, data }));
}

/** @throws {NnError} `invalid_argument` when a part of the range lies outside. The length may be larger than 32 bits have. */
export function checkRange(memory: GuestMemory, pointer: number, length: number, what: string): void {
  if ((pointer >>> 0) + length > memory.byteLength) {
    throw new NnError('invalid_argument', `The range of ${what} is outside the guest's memory.`);
  }
}

function checkEmptyTensor(shape: readonly number[], elements: number): void {
  if (elements !== 0) return;
  const others = shape.reduce((product, dimension) => product * Math.max(dimension, 1), 1);
  if (others > maxEmptyElements) {
    throw new NnError(
      'too_large',
      `An empty tensor of shape [${shape.join(', ')}] has dimensions that are too large besides the empty one.`,
    );
  }
}
