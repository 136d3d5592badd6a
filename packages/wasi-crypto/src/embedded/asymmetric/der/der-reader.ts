import { requireValidKey } from '../invalid-key.js';

/** Tags of the elements that keys are made of (X.690, section 8.1.2). */
export const derTag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
} as const;

/** The tag of `[number]` with other elements inside. */
export function contextTag(number: number): number {
  return 0xa0 + number;
}

/**
 * Reads DER (X.690) from the front: definite lengths in their shortest form, nothing behind the last element, integers that are not
 * negative and have no needless zeros. Everything is a view of the given bytes, and takes a time that is linear in their number at
 * most. Throws invalid_key.
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether the next element has the tag. */
  has(tag: number): boolean {
    return this.#bytes[this.#offset] === tag;
  }

  /** The content of the next element, which must have the tag. */
  take(tag: number): Uint8Array {
    requireValidKey(this.has(tag));
    const start = this.#offset + 2;
    const first = this.#bytes[this.#offset + 1] ?? 0x80;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    // Nothing that is read here has a mebibyte, and 0x80 is a length that DER does not have.
    requireValidKey(first !== 0x80 && lengthBytes <= 3 && start + lengthBytes <= this.#bytes.byteLength);
    let length = lengthBytes === 0 ? first : 0;
    for (const byte of this.#bytes.subarray(start, start + lengthBytes)) {
      length = length * 256 + byte;
    }
    requireValidKey(lengthBytes === 0 || length >= (lengthBytes === 1 ? 0x80 : 256 ** (lengthBytes - 1)));
    const end = start + lengthBytes + length;
    requireValidKey(end <= this.#bytes.byteLength);
    this.#offset = end;
    return this.#bytes.subarray(start + lengthBytes, end);
  }

  /** The elements inside the next one. */
  enter(tag: number): DerReader {
    return new DerReader(this.take(tag));
  }

  /** The next element with its tag and length. */
  takeWhole(tag: number): Uint8Array {
    const start = this.#offset;
    this.take(tag);
    return this.#bytes.subarray(start, this.#offset);
  }

  /** The magnitude of an INTEGER that is not negative, without a leading zero unless it is 0. */
  takeInteger(): Uint8Array {
    const content = this.take(derTag.integer);
    const [first = 0x80, second] = content;
    requireValidKey(first < 0x80);
    if (first !== 0 || second === undefined) {
      return content;
    }
    requireValidKey(second >= 0x80);
    return content.subarray(1);
  }

  /** The bytes of a BIT STRING that has whole bytes. */
  takeBits(): Uint8Array {
    const content = this.take(derTag.bitString);
    requireValidKey(content[0] === 0);
    return content.subarray(1);
  }

  /** Everything that was not read. */
  rest(): Uint8Array {
    const rest = this.#bytes.subarray(this.#offset);
    this.#offset = this.#bytes.byteLength;
    return rest;
  }

  /** Throws unless everything was read. */
  end(): void {
    requireValidKey(this.#offset === this.#bytes.byteLength);
  }
}
