import { Buffer } from 'node:buffer';
import { serialize } from 'node:v8';
import { CannotCrossError } from '../../errors/placement-errors.js';
import type { Message } from './messages.js';
import { readHead } from './read-head.js';

/** A frame is two lengths of 32 bits, what `node:v8` makes of the message, and its bytes as they are. */
const headerBytes = 8;
/** Maximum number of bytes of a head: arguments, results and errors. */
const maxHeadBytes = 256 * 1024 * 1024;
/** Maximum number of bytes beside it that its lengths can tell. */
const maxBytes = 0xffff_fffe;
/** So much is made room for before it arrives: what a frame says of its length may not be true. */
const maxRoom = 16 * 1024 * 1024;

/**
 * The parts of the frame of a message, to be written one after another.
 *
 * @throws {CannotCrossError} when it is too long.
 */
export function frameOf(message: Message): readonly Uint8Array[] {
  const { bytes, ...rest } = message;
  const head = serialize(rest);
  if (head.byteLength > maxHeadBytes || (bytes !== undefined && bytes.byteLength > maxBytes)) {
    throw new CannotCrossError(
      `A message to another process has ${head.byteLength} bytes, but at most ${maxHeadBytes} are allowed; pass the data in several calls, through the memory of a guest, or as a file.`,
    );
  }
  const header = Buffer.allocUnsafe(headerBytes + head.byteLength);
  header.writeUInt32LE(head.byteLength, 0);
  // One more than there are, so that no bytes and empty ones differ.
  header.writeUInt32LE(bytes === undefined ? 0 : bytes.byteLength + 1, 4);
  head.copy(header, headerBytes);
  return bytes === undefined || bytes.byteLength === 0 ? [header] : [header, bytes];
}

/** The message of a head and its bytes. */
function messageOf(head: Uint8Array, bytes: Uint8Array | undefined): Message {
  const message = readHead(head);
  return bytes === undefined ? message : { ...message, bytes };
}

/** Puts messages together from pieces of a stream. */
export class FrameReader {
  readonly #receive: (message: Message) => void;
  readonly #mostBytes: () => number;
  #target = new Uint8Array(headerBytes);
  /** Bytes that the target is to have when it is full. */
  #wanted = headerBytes;
  #filled = 0;
  #stage: 'header' | 'head' | 'bytes' = 'header';
  #bytesLength = 0;
  #head: Uint8Array = this.#target;

  /** @param mostBytes how many bytes may come beside a head, now. Default: as many as there can be. */
  constructor(receive: (message: Message) => void, mostBytes = () => maxBytes) {
    this.#receive = receive;
    this.#mostBytes = mostBytes;
  }

  /**
   * Takes the next piece; it is not kept.
   *
   * @throws {CannotCrossError} for what is not a message, or is longer than it may be.
   */
  push(piece: Uint8Array): void {
    for (let start = 0; start < piece.byteLength; ) {
      if (this.#filled === this.#target.byteLength) this.#makeRoom();
      const count = Math.min(piece.byteLength - start, this.#target.byteLength - this.#filled);
      this.#target.set(piece.subarray(start, start + count), this.#filled);
      this.#filled += count;
      start += count;
      if (this.#filled === this.#wanted) this.#next();
    }
  }

  #next(): void {
    const full = this.#target;
    if (this.#stage === 'header') {
      const view = new DataView(full.buffer, full.byteOffset, headerBytes);
      this.#bytesLength = view.getUint32(4, true);
      refuseLength(this.#bytesLength - 1, this.#mostBytes());
      refuseLength(view.getUint32(0, true), maxHeadBytes);
      this.#expect('head', view.getUint32(0, true));
    } else if (this.#stage === 'head' && this.#bytesLength > 1) {
      this.#head = full;
      this.#expect('bytes', this.#bytesLength - 1);
    } else {
      const [head, bytes] = this.#stage === 'bytes' ? [this.#head, full] : [full, this.#emptyBytes()];
      this.#expect('header', headerBytes);
      this.#receive(messageOf(head, bytes));
    }
  }

  #emptyBytes(): Uint8Array | undefined {
    return this.#bytesLength === 1 ? new Uint8Array(0) : undefined;
  }

  #expect(stage: 'header' | 'head' | 'bytes', length: number): void {
    this.#stage = stage;
    this.#wanted = length;
    this.#target = new Uint8Array(Math.min(length, maxRoom));
    this.#filled = 0;
  }

  #makeRoom(): void {
    const larger = new Uint8Array(Math.min(this.#wanted, 2 * this.#filled));
    larger.set(this.#target);
    this.#target = larger;
  }
}

/** Reads one message, waiting for it, by a function that fills an array. */
export function readFrame(fill: (bytes: Uint8Array) => void): Message {
  const read = (length: number) => {
    const bytes = new Uint8Array(length);
    fill(bytes);
    return bytes;
  };
  const header = new DataView(read(headerBytes).buffer);
  const bytesLength = header.getUint32(4, true);
  refuseLength(header.getUint32(0, true), maxHeadBytes);
  const head = read(header.getUint32(0, true));
  return messageOf(head, bytesLength === 0 ? undefined : read(bytesLength - 1));
}

function refuseLength(length: number, most: number): void {
  if (length <= most) return;
  throw new CannotCrossError(`A process announced ${length} bytes, but at most ${most} are allowed.`);
}
