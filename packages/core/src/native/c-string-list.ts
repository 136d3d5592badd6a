import { NativeArea } from './native-area.js';

const encoder = new TextEncoder();

/** An array of pointers to C strings, for a function that copies them before it returns. Disposal frees it. */
export class CStringList implements Disposable {
  readonly length: number;
  readonly #pointers: NativeArea;
  readonly #characters: NativeArea;

  constructor(strings: readonly string[]) {
    const texts = strings.map((text) => encoder.encode(`${text}\0`));
    this.length = texts.length;
    this.#pointers = new NativeArea(texts.length * 8);
    this.#characters = new NativeArea(texts.reduce((total, text) => total + text.byteLength, 0));
    let offset = 0;
    texts.forEach((text, index) => {
      this.#characters.u8.set(text, offset);
      this.#pointers.u64[index] = BigInt(this.#characters.address + offset);
      offset += text.byteLength;
    });
  }

  get address(): number {
    return this.#pointers.address;
  }

  [Symbol.dispose](): void {
    this.#pointers[Symbol.dispose]();
    this.#characters[Symbol.dispose]();
  }
}
