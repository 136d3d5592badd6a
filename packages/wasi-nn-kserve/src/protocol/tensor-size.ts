import { type DataType, dataTypeSize } from './data-type.js';
import { MalformedMessage } from './malformed.js';

/**
 * The elements of a tensor.
 *
 * @throws {MalformedMessage} for a negative dimension, and for a product that is not exact.
 */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new MalformedMessage(`has a dimension of ${length}`);
    }
    count *= length;
    if (count > Number.MAX_SAFE_INTEGER) {
      throw new MalformedMessage(`has the shape [${shape.join(', ')}], whose product is beyond 2^53`);
    }
  }
  return count;
}

/**
 * Holds the raw bytes of a tensor against its data type and shape.
 *
 * @throws {MalformedMessage} if they do not fit.
 */
export function checkRawTensor(dataType: DataType, shape: readonly number[], data: Uint8Array): void {
  const count = elementCount(shape);
  const expected = count * dataTypeSize[dataType];
  if (dataType === 'BYTES') checkByteElements(count, data);
  else if (data.byteLength !== expected) {
    throw new MalformedMessage(
      `is ${dataType} [${shape.join(', ')}], which is ${expected} bytes, but ${data.byteLength} came`,
    );
  }
}

/** Each element of `BYTES` is its length, as u32 in little-endian, and that many bytes. */
function checkByteElements(count: number, data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let position = 0;
  let elements = 0;
  while (position < data.byteLength) {
    if (data.byteLength - position < 4) throw new MalformedMessage('ends within the length of an element');
    const length = view.getUint32(position, true);
    position += 4;
    if (length > data.byteLength - position) throw new MalformedMessage('ends within an element');
    position += length;
    elements += 1;
  }
  if (elements !== count) {
    throw new MalformedMessage(`should have ${count} elements, but ${elements} came`);
  }
}
