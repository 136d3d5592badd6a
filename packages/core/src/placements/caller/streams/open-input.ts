import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { describeValue } from '../../../values/check-arguments.js';
import { hasLostBytes } from '../../../values/lost-bytes.js';
import type { InputSource } from '../../../wasi/endpoints.js';
import type { PlacedInput } from '../../interface/placed-streams.js';
import type { InputPieces } from './input-pieces.js';
import { piecesOfReadable } from './readable-pieces.js';

const sourcePiece = 64 * 1024;

/** What gives the input of a stream or an iterable; `undefined` for what is no such thing. */
export function openInput(input: PlacedInput): InputPieces | undefined {
  if (typeof input !== 'object' || input === null || input instanceof Uint8Array) return undefined;
  if (input instanceof Readable) return piecesOfReadable(input);
  if ('getReader' in input) return piecesOfWebStream(input);
  if (!(Symbol.asyncIterator in input)) {
    return typeof input.read === 'function' ? piecesOfSource(input) : undefined;
  }
  const iterator = input[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    end: () => {
      // A generator that waits for something ends when that has come.
      Promise.resolve(iterator.return?.()).catch(() => {});
    },
  };
}

function piecesOfWebStream(stream: ReadableStream<unknown>): InputPieces {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<{ done: boolean; value: unknown }>,
    end: () => reader.releaseLock(),
  };
}

function piecesOfSource(source: InputSource): InputPieces {
  return {
    async next() {
      const room = new Uint8Array(sourcePiece);
      const count: unknown = source.read(room, true);
      if (!Number.isInteger(count) || (count as number) < 0 || (count as number) > sourcePiece) {
        throw new TypeError(
          `stdin.read() must return a number of bytes from 0 to ${sourcePiece}, not ${describeValue(count)}.`,
        );
      }
      if (hasLostBytes(room)) {
        throw new TypeError('stdin.read() transferred the array that it should fill; transfer a copy.');
      }
      return { done: count === 0, value: room.subarray(0, count as number) };
    },
    end() {},
  };
}
