/** Bytes before a message: whether it is compressed, and its length. */
export const framePrefixBytes = 5;

/** Up to this length, room is made at once; beyond it, as the bytes come. */
const trustedBytes = 4_194_304;

/** What is known of an answer before it comes. */
export interface ExpectedAnswer {
  /** Most bytes of its message. */
  readonly maxBytes: number;
  /** Tells from the beginning of the message which byte is to lie at an address that 8 divides. Default: the first. */
  readonly alignAt?: (beginning: Buffer) => number | undefined;
}

/** What is wrong with a frame. */
export type FrameProblem = 'compressed' | 'too-large' | 'more than one';

/** Gathers the one message of a unary answer into a buffer of the length that its frame announces. */
export class AnswerFrame {
  readonly #prefix = Buffer.allocUnsafe(framePrefixBytes);
  #prefixLength = 0;
  #length = 0;
  #message: Buffer = Buffer.alloc(0);
  #received = 0;

  /** Bytes before the message in its buffer. */
  #pad = 0;

  constructor(readonly expected: ExpectedAnswer) {}

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
      if (this.#length > this.expected.maxBytes) return 'too-large';
    }
    const bytes = chunk.byteLength - position;
    if (bytes > this.#length - this.#received) return 'more than one';
    if (bytes === 0) return;
    if (this.#received === 0) this.#begin(chunk.subarray(position));
    this.#makeRoom(this.#received + bytes);
    chunk.copy(this.#message, this.#received, position);
    this.#received += bytes;
    return;
  }

  #begin(beginning: Buffer): void {
    this.#pad = -(this.expected.alignAt?.(beginning) ?? 0) & 7;
    this.#message = this.#allocate(Math.min(this.#length, trustedBytes));
  }

  #allocate(bytes: number): Buffer {
    return Buffer.allocUnsafe(this.#pad + bytes).subarray(this.#pad);
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#message.byteLength) return;
    const larger = this.#allocate(Math.min(this.#length, Math.max(needed, 2 * this.#message.byteLength)));
    this.#message.copy(larger, 0, 0, this.#received);
    this.#message = larger;
  }
}
