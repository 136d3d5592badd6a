import { Buffer } from 'node:buffer';
import { GuestStreamError } from '../../../errors/placement-errors.js';
import { describeValue } from '../../../values/check-arguments.js';
import { refuseLostBytes } from '../../../values/lost-bytes.js';
import { type InputAnswer, largestInput } from '../../protocol/stream-messages.js';
import type { Reply } from '../caller-lane.js';
import type { InputPieces } from './input-pieces.js';

const longestTimer = 2 ** 31 - 1;

/** Standard input that is asked for piece by piece. One piece is kept at most. */
export class StreamInput {
  readonly #pieces: InputPieces;
  #rest: Uint8Array = new Uint8Array(0);
  #coming: Promise<void> | undefined;
  #isAtEnd = false;
  #error: GuestStreamError | undefined;

  constructor(pieces: InputPieces) {
    this.#pieces = pieces;
  }

  /** The next bytes, as soon as there are some within that time. */
  async answer(waitMs: number): Promise<Reply> {
    if (this.#rest.byteLength === 0 && !this.#isOver) await this.#wait(waitMs);
    if (this.#rest.byteLength > 0) {
      const bytes = new Uint8Array(this.#rest.subarray(0, largestInput));
      this.#rest = this.#rest.subarray(bytes.byteLength);
      return { value: 'bytes' satisfies InputAnswer, bytes };
    }
    if (this.#error !== undefined) throw this.#error;
    return { value: (this.#isAtEnd ? 'end' : 'none') satisfies InputAnswer };
  }

  /** Lets go of the source. */
  end(): void {
    if (!this.#isAtEnd) this.#pieces.end();
    this.#isAtEnd = true;
  }

  get #isOver(): boolean {
    return this.#isAtEnd || this.#error !== undefined;
  }

  async #wait(waitMs: number): Promise<void> {
    this.#coming ??= this.#take().finally(() => {
      this.#coming = undefined;
    });
    if (waitMs > longestTimer) return this.#coming;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([this.#coming, late]);
    clearTimeout(timer);
  }

  /** Takes pieces until one has bytes. */
  async #take(): Promise<void> {
    try {
      while (this.#rest.byteLength === 0 && !this.#isAtEnd) {
        const { done, value } = await this.#pieces.next();
        if (done) this.#isAtEnd = true;
        else this.#rest = bytesOf(value);
      }
    } catch (cause) {
      this.#error = inputError(cause);
    }
  }
}

function bytesOf(piece: unknown): Uint8Array {
  if (typeof piece === 'string') return Buffer.from(piece);
  if (piece instanceof Uint8Array) {
    refuseLostBytes('A chunk of stdin', piece);
    return piece;
  }
  throw new TypeError(`A chunk of stdin must be bytes or a string, not ${describeValue(piece)}.`);
}

function inputError(cause: unknown): GuestStreamError {
  return new GuestStreamError(
    'The stream for stdin failed, and the guest was stopped at its next read; see the cause.',
    { stream: 'stdin', cause },
  );
}
