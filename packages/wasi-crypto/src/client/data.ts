import { InvalidArgumentError, refuseLostBytes } from '@wasmedge-plugins/core';

/** Bytes, whole or in pieces. */
export type CryptoData = Uint8Array | Iterable<Uint8Array>;

// What crosses into the plug-in in one call; its memory there need not be larger.
const maxPieceBytes = 1 << 20;

/** The data in pieces of a size that suits the plug-in. */
export function* piecesOf(data: CryptoData): Generator<Uint8Array> {
  if (typeof data !== 'object' || data === null || !(Symbol.iterator in data)) {
    throw new InvalidArgumentError(`The data must be a Uint8Array or several, not ${typeof data}.`);
  }
  for (const bytes of data instanceof Uint8Array ? [data] : data) {
    checkBytes(bytes, 'The data');
    for (let offset = 0; offset < bytes.byteLength; offset += maxPieceBytes) {
      yield bytes.subarray(offset, offset + maxPieceBytes);
    }
  }
}

/** Throws InvalidArgumentError for anything but a `Uint8Array` that has its bytes. */
export function checkBytes(bytes: unknown, what: string): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array)) {
    throw new InvalidArgumentError(`${what} must be a Uint8Array, not ${typeof bytes}.`);
  }
  refuseLostBytes(what, bytes);
}
