import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';

/**
 * Counts the elements of `BYTES`: each is its length, 4 bytes in little-endian, and that many bytes.
 *
 * @param what which tensor it is, for messages.
 * @throws {BackendFailure} `invalid_argument` when the bytes are not such elements.
 */
export function countByteElements(what: string, data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let count = 0;
  for (let at = 0; at < data.byteLength; count++) {
    const length = data.byteLength - at < 4 ? Number.POSITIVE_INFINITY : view.getUint32(at, true);
    if (length > data.byteLength - at - 4) {
      throw new BackendFailure(
        'invalid_argument',
        `${what} is not in the form of BYTES at its byte ${at}: each element is its length, 4 bytes in little-endian, and that many bytes.`,
      );
    }
    at += 4 + length;
  }
  return count;
}

/**
 * The shape of so many elements: as it is stated, with the one length that is not.
 *
 * @throws {BackendFailure} `invalid_argument` when the elements do not fit, or several lengths are not stated.
 */
export function shapeOfElements(
  what: string,
  count: number,
  shape: readonly number[] | undefined,
): readonly number[] {
  if (shape === undefined) return [count];
  const open = shape.filter((length) => length === -1).length;
  const known = shape.reduce((product, length) => (length === -1 ? product : product * length), 1);
  if (open > 1) {
    throw new BackendFailure(
      'invalid_argument',
      `The shape of ${what} cannot be told from its ${count} elements, since [${shape.join(', ')}] leaves ${open} lengths open; state its shape where the model is named.`,
    );
  }
  const left = open === 0 ? 1 : known === 0 ? 0 : count / known;
  if (known * left !== count || !Number.isInteger(left)) {
    throw new BackendFailure(
      'invalid_argument',
      `${what} has the shape [${shape.join(', ')}], which does not fit the ${count} elements that were given.`,
    );
  }
  return shape.map((length) => (length === -1 ? left : length));
}
