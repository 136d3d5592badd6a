import { builtin } from '../builtin.js';

const pieceBytes = 2 ** 16;

/** What came of trying to read once: some bytes, nothing yet, or the end. */
export type Step = 'some' | 'nothing yet' | 'end';

/** Reads what has no size beforehand, such as a pipe or a device, in pieces; a try never waits. */
export class PieceReader {
  readonly #descriptor: number;
  readonly #isNamedPipe: boolean;
  readonly #pieces: Buffer[] = [];
  #length = 0;

  /** @param isNamedPipe whether somebody may still begin to write to it. */
  constructor(descriptor: number, isNamedPipe: boolean) {
    this.#descriptor = descriptor;
    this.#isNamedPipe = isNamedPipe;
  }

  get length(): number {
    return this.#length;
  }

  /** What was read so far. */
  get bytes(): Buffer {
    return Buffer.concat(this.#pieces, this.#length);
  }

  /** Whether what was read begins as it should, as far as it goes. */
  beginsWith(start: string): boolean {
    const [first] = this.#pieces;
    if (first === undefined) return true;
    const length = Math.min(start.length, first.byteLength);
    return first.toString('latin1', 0, length) === start.slice(0, length);
  }

  step(): Step {
    const piece = Buffer.allocUnsafeSlow(pieceBytes);
    const read = this.#read(piece);
    if (read === undefined) return 'nothing yet';
    if (read === 0) return this.#isNamedPipe && this.#length === 0 ? 'nothing yet' : 'end';
    // A short piece does not keep the rest of its room.
    this.#pieces.push(read < pieceBytes / 2 ? Buffer.from(piece.subarray(0, read)) : piece.subarray(0, read));
    this.#length += read;
    return 'some';
  }

  #read(piece: Buffer): number | undefined {
    try {
      return builtin('node:fs').readSync(this.#descriptor, piece, 0, piece.byteLength, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
      throw error;
    }
  }
}
