import { isUtf8 } from 'node:buffer';
import { maxTextBytes } from '../bounds.js';
import { MalformedMessage } from '../malformed.js';

/** How a field is written. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Reads a protobuf message field by field. Every length is held against what is left.
 *
 * Each method throws a {@link MalformedMessage} for what is not protobuf.
 */
export class ProtoReader {
  /** The number of the field that {@link next} found. */
  field = 0;
  /** How it is written. */
  wireType = 0;
  /** The lower 32 bits of the last varint. */
  low = 0;
  /** Its upper 32 bits. */
  high = 0;
  #position: number;
  readonly #end: number;

  constructor(
    readonly buffer: Buffer,
    start = 0,
    end = buffer.byteLength,
  ) {
    this.#position = start;
    this.#end = end;
  }

  get position(): number {
    return this.#position;
  }

  get left(): number {
    return this.#end - this.#position;
  }

  /** A reader of what this one has still to read. */
  again(): ProtoReader {
    return new ProtoReader(this.buffer, this.#position, this.#end);
  }

  /** Goes to the next field; `false` at the end. */
  next(): boolean {
    if (this.#position === this.#end) return false;
    this.varint();
    this.field = this.low >>> 3;
    this.wireType = this.low & 7;
    if (this.high !== 0 || this.field === 0 || this.field > 0x1fff_ffff) {
      throw new MalformedMessage('has a field without a valid number');
    }
    return true;
  }

  /** Refuses a known field that is written as another type. */
  expect(wireType: number): void {
    if (this.wireType !== wireType) {
      throw new MalformedMessage(`has field ${this.field} with wire type ${this.wireType}, not ${wireType}`);
    }
  }

  /** Reads a varint into `low` and `high`. */
  varint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (this.#position === this.#end) throw truncated();
      const byte = this.buffer[this.#position++] as number;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else if (bits <= 1) high |= bits << 31;
      else throw new MalformedMessage('has a number of more than 64 bits');
      if (byte < 0x80) break;
      if (shift === 63) throw new MalformedMessage('has a number of more than ten bytes');
    }
    this.low = low >>> 0;
    this.high = high >>> 0;
  }

  /** An int64 that a number holds exactly. */
  int64(): number {
    this.varint();
    const value = (this.high | 0) * 0x1_0000_0000 + this.low;
    if (!Number.isSafeInteger(value)) throw new MalformedMessage('has a number beyond 2^53');
    return value;
  }

  /** A bool field. */
  bool(): boolean {
    this.expect(wireTypes.varint);
    this.varint();
    return this.low !== 0 || this.high !== 0;
  }

  /** The contents of a nested message, or packed numbers. */
  nested(): ProtoReader {
    const length = this.#length();
    const start = this.#position;
    this.#position += length;
    return new ProtoReader(this.buffer, start, this.#position);
  }

  /** A bytes field, as a view of the message. */
  bytes(): Buffer {
    const length = this.#length();
    const start = this.#position;
    this.#position += length;
    return this.buffer.subarray(start, this.#position);
  }

  /** A string field. */
  string(): string {
    const bytes = this.bytes();
    if (bytes.byteLength > maxTextBytes) {
      throw new MalformedMessage(
        `has a text of ${bytes.byteLength} bytes; at most ${maxTextBytes} are taken`,
      );
    }
    if (!isUtf8(bytes)) throw new MalformedMessage('has a text that is not UTF-8');
    return bytes.toString();
  }

  /** The bytes of a number of this length. */
  fixed(length: 4 | 8): Buffer {
    if (length > this.left) throw truncated();
    const start = this.#position;
    this.#position += length;
    return this.buffer.subarray(start, this.#position);
  }

  /** Goes over a field that is not known here. */
  skip(): void {
    if (this.wireType === wireTypes.varint) this.varint();
    else if (this.wireType === wireTypes.fixed64) this.fixed(8);
    else if (this.wireType === wireTypes.bytes) this.bytes();
    else if (this.wireType === wireTypes.fixed32) this.fixed(4);
    else throw new MalformedMessage(`has field ${this.field} with wire type ${this.wireType}`);
  }

  #length(): number {
    this.expect(wireTypes.bytes);
    this.varint();
    if (this.high !== 0 || this.low > this.left) throw truncated();
    return this.low;
  }
}

function truncated(): MalformedMessage {
  return new MalformedMessage('ends within a field');
}
