/** Size of the memory that a {@link CallRecord} is on, in bytes. */
export const recordSize = 1 << 16;

const firstName = 8;
const maxNameBytes = 1024;

/** The host function that was called last. */
export interface RecordedCall {
  /** Module and name, with a dot between them. */
  readonly name: string;
  /** Whether it had returned. */
  readonly hasReturned: boolean;
}

/**
 * Notes which host function guests call, in memory that outlives their thread or process. Word 0 is the place of the name of the last one, negative
 * when it has returned; word 1 tells where the names end. A name is its length in two bytes and its characters in UTF-8.
 */
export class CallRecord {
  /** To be written by who makes host calls: what is in word 0. */
  readonly words: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #places = new Map<string, number>();

  /** @param memory of {@link recordSize} bytes, zeros at first. */
  constructor(memory: ArrayBufferLike) {
    this.words = new Int32Array(memory, 0, firstName / 4);
    this.#bytes = new Uint8Array(memory);
  }

  /** What to write for a host function; 0 when there is no place for another name. */
  placeOf(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.#add(name);
      this.#places.set(name, place);
    }
    return place;
  }

  /** The last call, if there was one. What wrote the memory may not have known any more what it did. */
  read(): RecordedCall | undefined {
    const word = this.words[0] as number;
    const place = Math.abs(word);
    if (place < firstName || place + 2 > this.#bytes.length) return undefined;
    const length = (this.#bytes[place] as number) + ((this.#bytes[place + 1] as number) << 8);
    if (length === 0 || length > maxNameBytes) return undefined;
    const name = new TextDecoder().decode(this.#bytes.slice(place + 2, place + 2 + length));
    return { name, hasReturned: word < 0 };
  }

  #add(name: string): number {
    const place = Math.max(firstName, this.words[1] as number);
    const text = new TextEncoder().encode(name);
    const end = place + 2 + text.length;
    if (text.length > maxNameBytes || end > this.#bytes.length) return 0;
    this.#bytes.set([text.length & 0xff, text.length >> 8], place);
    this.#bytes.set(text, place + 2);
    this.words[1] = end;
    return place;
  }
}
