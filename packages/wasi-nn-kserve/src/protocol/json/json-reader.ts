import { isUtf8 } from 'node:buffer';
import { maxTextBytes } from '../bounds.js';
import { MalformedMessage } from '../malformed.js';

/** Deepest nesting of arrays and objects. */
const maxDepth = 80;

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What may follow a backslash. */
const escapes: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrtu'));

/** What a value begins with. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';

/**
 * Reads JSON from its start to its end without building values that nobody asked for, so that numbers keep their digits and a large text costs no more
 * than what is taken from it.
 *
 * Each method throws a {@link MalformedMessage} for what is not JSON, and for a value of another kind.
 */
export class JsonReader {
  #depth = 0;

  constructor(
    readonly bytes: Buffer,
    public position = 0,
  ) {}

  /** What kind of value comes next. */
  kind(): JsonKind {
    this.#skipBlanks();
    switch (this.bytes[this.position]) {
      case 0x7b:
        return 'object';
      case 0x5b:
        return 'array';
      case 0x22:
        return 'string';
      case 0x74:
        return 'true';
      case 0x66:
        return 'false';
      case 0x6e:
        return 'null';
      default:
        return 'number';
    }
  }

  /** An object; `onMember` reads or skips the value of each member. */
  object(onMember: (name: string) => void): void {
    this.#enclosed('{', '}', () => {
      const name = this.string();
      this.#skipBlanks();
      this.#take(':');
      onMember(name);
    });
  }

  /** An array; `onItem` reads or skips each item. */
  array(onItem: () => void): void {
    this.#enclosed('[', ']', onItem);
  }

  /** A text of at most `maxBytes` as it is written. */
  string(maxBytes = maxTextBytes): string {
    this.#skipBlanks();
    const start = this.position;
    this.#take('"');
    let isEscaped = false;
    for (;;) {
      const byte = this.bytes[this.position++];
      if (byte === undefined || byte < 0x20) throw this.#wrong();
      if (byte === 0x22) break;
      if (byte !== 0x5c) continue;
      isEscaped = true;
      this.position += 1;
    }
    const text = this.bytes.subarray(start + 1, this.position - 1);
    if (text.byteLength > maxBytes) {
      throw new MalformedMessage(`has a text of ${text.byteLength} bytes; at most ${maxBytes} are taken`);
    }
    if (!isUtf8(text)) throw new MalformedMessage('has a text that is not UTF-8');
    return isEscaped ? this.#unescape(start) : text.toString();
  }

  /** A number as it is written. */
  numberText(): string {
    this.#skipBlanks();
    const start = this.position;
    while (isNumberByte(this.bytes[this.position])) this.position += 1;
    const text = this.bytes.toString('latin1', start, Math.min(this.position, start + 1000));
    if (this.position - start > 1000 || !number.test(text)) throw this.#wrong(start);
    return text;
  }

  /** A whole number that a number holds exactly. */
  integer(): number {
    const text = this.numberText();
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new MalformedMessage(`has ${text} for a whole number`);
    return value;
  }

  /** Goes over a value of any kind. */
  skip(): void {
    const kind = this.kind();
    if (kind === 'object') this.object(() => this.skip());
    else if (kind === 'array') this.array(() => this.skip());
    else if (kind === 'string') this.#skipString();
    else if (kind === 'number') this.#skipNumber();
    else this.word(kind);
  }

  /** `true`, `false` or `null`. */
  word(word: 'true' | 'false' | 'null'): void {
    this.#skipBlanks();
    this.#take(word);
  }

  /** Refuses what comes after the value. */
  end(): void {
    this.#skipBlanks();
    if (this.position !== this.bytes.byteLength) throw this.#wrong();
  }

  /** As strict as {@link string}, but makes no text: an answer may have millions. */
  #skipString(): void {
    const start = this.position;
    this.#take('"');
    let isAscii = true;
    for (;;) {
      const byte = this.bytes[this.position++];
      if (byte === 0x22) break;
      if (byte === undefined || byte < 0x20) throw this.#wrong();
      if (byte > 0x7f) isAscii = false;
      else if (byte === 0x5c) this.#skipEscape(start);
    }
    if (!isAscii && !isUtf8(this.bytes.subarray(start, this.position))) {
      throw new MalformedMessage('has a text that is not UTF-8');
    }
  }

  #skipEscape(start: number): void {
    const byte = this.bytes[this.position++];
    if (byte === undefined || !escapes.has(byte)) throw this.#wrong(start);
    if (byte !== 0x75) return;
    for (const end = this.position + 4; this.position < end; this.position += 1) {
      if (!isHexDigit(this.bytes[this.position])) throw this.#wrong(start);
    }
  }

  /** As strict as {@link numberText}, likewise. */
  #skipNumber(): void {
    const start = this.position;
    if (this.#has('-')) this.position += 1;
    if (this.#has('0')) this.position += 1;
    else this.#skipDigits(start);
    if (this.#has('.')) {
      this.position += 1;
      this.#skipDigits(start);
    }
    if (this.#has('e') || this.#has('E')) {
      this.position += 1;
      if (this.#has('+') || this.#has('-')) this.position += 1;
      this.#skipDigits(start);
    }
    if (isNumberByte(this.bytes[this.position])) throw this.#wrong(start);
  }

  #skipDigits(start: number): void {
    const first = this.position;
    while (isDigit(this.bytes[this.position])) this.position += 1;
    if (this.position === first) throw this.#wrong(start);
  }

  #enclosed(open: string, close: string, onPart: () => void): void {
    if (this.#depth === maxDepth) throw new MalformedMessage(`is nested deeper than ${maxDepth} levels`);
    this.#depth += 1;
    this.#skipBlanks();
    this.#take(open);
    this.#skipBlanks();
    if (!this.#has(close)) {
      onPart();
      for (this.#skipBlanks(); !this.#has(close); this.#skipBlanks()) {
        this.#take(',');
        onPart();
      }
    }
    this.#take(close);
    this.#depth -= 1;
  }

  #has(character: string): boolean {
    return this.bytes[this.position] === character.charCodeAt(0);
  }

  #take(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      if (this.bytes[this.position] !== text.charCodeAt(index)) throw this.#wrong();
      this.position += 1;
    }
  }

  #skipBlanks(): void {
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.position += 1;
    }
  }

  #unescape(start: number): string {
    try {
      return JSON.parse(this.bytes.toString('utf8', start, this.position));
    } catch {
      throw this.#wrong(start);
    }
  }

  #wrong(position = this.position): MalformedMessage {
    return new MalformedMessage(`is not the expected JSON at byte ${position}`);
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number | undefined): boolean {
  // Letters in lower case.
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** Digits, signs, points and exponents. */
function isNumberByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return isDigit(byte) || byte === 0x2d || byte === 0x2b || byte === 0x2e || byte === 0x45 || byte === 0x65;
}
