/** Bytes before a message: whether it is compressed, and its length. */
export const framePrefixBytes = 5;

/** Up to this length, room is made at once; beyond it, as the bytes come. */
const trustedBytes = 4_194_304;

/** What is wrong with a frame. */
export type FrameProblem = 'compressed' | 'too-large' | 'more than one';

/** Gathers the one message of a unary answer into a buffer of the length that its frame announces. */
export class AnswerFrame {
  readonly #prefix = Buffer.allocUnsafe(framePrefixBytes);
  #prefixLength = 0;
  #length = 0;
  #message: Buffer = Buffer.alloc(0);
  #received = 0;

  constructor(readonly maxBytes: number) {}

  /** The message, once it is whole. */
  get message(): Buffer | undefined {
    const isWhole = this.#prefixLength === framePrefixBytes && this.#received === this.#length;
    return isWhole ? this.#message : undefined;
  }

  get isEmpty(): boolean {
    return this.#prefixLength === 0;
  }

  /** Takes a part of the answer. Nothing is kept of one with a problem. */
  add(chunk: Buffer): FrameProblem | undefined {
    let position = 0;
    while (this.#prefixLength < framePrefixBytes) {
      if (position === chunk.byteLength) return;
      this.#prefix[this.#prefixLength++] = chunk[position++] as number;
      if (this.#prefixLength < framePrefixBytes) continue;
      if (this.#prefix[0] !== 0) return 'compressed';
      this.#length = this.#prefix.readUInt32BE(1);
      if (this.#length > this.maxBytes) return 'too-large';
      this.#message = Buffer.allocUnsafe(Math.min(this.#length, trustedBytes));
    }
    const bytes = chunk.byteLength - position;
    if (bytes > this.#length - this.#received) return 'more than one';
    this.#makeRoom(this.#received + bytes);
    chunk.copy(this.#message, this.#received, position);
    this.#received += bytes;
    return;
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#message.byteLength) return;
    const larger = Buffer.allocUnsafe(Math.min(this.#length, Math.max(needed, 2 * this.#message.byteLength)));
    this.#message.copy(larger, 0, 0, this.#received);
    this.#message = larger;
  }
}
