import { requireRange, toPosition } from '../guest-data.js';
import { moveVectors } from '../io-vectors.js';
import { wasiFunction } from '../wasi-function.js';
import { Right } from '../wasi-rights.js';
import { Whence } from '../wasi-types.js';

const readingAt = Right.fdRead | Right.fdSeek;
const writingAt = Right.fdWrite | Right.fdSeek;

/** Reading, writing and positions. */
export const fdIoFunctions = {
  fd_read: wasiFunction(
    ['i32', 'i32', 'i32', 'i32'],
    ({ descriptors }, { memory }, fd, list, count, result) => {
      const source = descriptors.get(fd, Right.fdRead);
      moveVectors(memory, list, count, result, source.readsOn, (pointer, length) =>
        source.readInto(memory, pointer, length),
      );
    },
  ),
  fd_write: wasiFunction(
    ['i32', 'i32', 'i32', 'i32'],
    ({ descriptors }, { memory }, fd, list, count, result) => {
      const target = descriptors.get(fd, Right.fdWrite);
      moveVectors(memory, list, count, result, true, (pointer, length) =>
        target.writeFrom(memory, pointer, length),
      );
    },
  ),
  fd_pread: wasiFunction(
    ['i32', 'i32', 'i32', 'i64', 'i32'],
    ({ descriptors }, { memory }, fd, list, count, offset, result) => {
      const source = descriptors.get(fd, readingAt);
      const start = toPosition(offset);
      moveVectors(memory, list, count, result, true, (pointer, length, before) =>
        memory.borrow(pointer, length, (bytes) => source.readAt(bytes, start + before)),
      );
    },
  ),
  fd_pwrite: wasiFunction(
    ['i32', 'i32', 'i32', 'i64', 'i32'],
    ({ descriptors }, { memory }, fd, list, count, offset, result) => {
      const target = descriptors.get(fd, writingAt);
      const start = toPosition(offset);
      moveVectors(memory, list, count, result, true, (pointer, length, before) =>
        memory.borrow(pointer, length, (bytes) => target.writeAt(bytes, start + before)),
      );
    },
  ),
  fd_seek: wasiFunction(
    ['i32', 'i64', 'i32', 'i32'],
    ({ descriptors }, { memory }, fd, offset, whence, result) => {
      const onlyTells = offset === 0n && whence === Whence.current;
      const descriptor = descriptors.get(fd, onlyTells ? Right.fdTell : Right.fdSeek);
      requireRange(memory, result, 8);
      memory.writeU64(result, BigInt(descriptor.seek(offset, whence)));
    },
  ),
  fd_tell: wasiFunction(['i32', 'i32'], ({ descriptors }, { memory }, fd, result) =>
    memory.writeU64(result, BigInt(descriptors.get(fd, Right.fdTell).seek(0n, Whence.current))),
  ),
};
