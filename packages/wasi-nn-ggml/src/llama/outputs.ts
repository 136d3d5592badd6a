import type { RawTensor } from '@wasmedge-plugins/wasi-nn';
import type { Llama } from 'node-llama-cpp';
import type { SessionMetadata } from '../session/session-metadata.js';

const encoder = new TextEncoder();

/** What a context has given so far: bytes, which guests read as a whole or the last piece of them. */
export class Outputs {
  #bytes = new Uint8Array(256);
  #length = 0;
  #isNew = false;
  /** Bytes of the last piece. */
  piece: Uint8Array = new Uint8Array();
  /** Tokens that were generated. */
  tokenCount = 0;

  clear(): void {
    this.#length = 0;
    this.piece = new Uint8Array();
    this.tokenCount = 0;
  }

  /** Adds the bytes of a token. */
  addToken(bytes: Uint8Array): void {
    this.tokenCount++;
    this.piece = bytes;
    this.#isNew = true;
    this.#append(bytes);
  }

  /** Whether there is a piece that was not taken yet, which it is from now on. */
  takePiece(): boolean {
    const isNew = this.#isNew;
    this.#isNew = false;
    return isNew;
  }

  /** Sets a text that no tokens were generated for. */
  setText(text: string): void {
    this.clear();
    this.#append(encoder.encode(text));
  }

  get all(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Whether a text is in it that a part of the last piece belongs to. */
  endsIn(text: string): boolean {
    const from = Math.max(0, this.#length - this.piece.length - Buffer.byteLength(text));
    const tail = this.#bytes.subarray(from, this.#length);
    return Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).includes(text);
  }

  #append(bytes: Uint8Array): void {
    const end = this.#length + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = end;
  }
}

/** Bytes as guests get them. */
export function bytesTensor(data: Uint8Array): RawTensor {
  return { type: 'u8', shape: [data.length], data };
}

/** Output 1: what LlamaEdge calls metadata, and for sessions how a text has ended. */
export function metadataText(
  llama: Llama,
  inputTokens: number,
  outputTokens: number,
  ended: SessionMetadata['ended'],
): Uint8Array {
  const { release } = llama.llamaCppRelease;
  const build = Number(/^b(\d+)$/.exec(release)?.[1] ?? 0);
  const parts = [
    `"input_tokens": ${inputTokens}`,
    `"output_tokens": ${outputTokens}`,
    `"llama_build_number": ${build}`,
    `"llama_commit": ${JSON.stringify(release)}`,
    ...(ended === undefined ? [] : [`"ended": ${JSON.stringify(ended)}`]),
  ];
  return encoder.encode(`{${parts.join(', ')}}`);
}

/** The vector of length 1 in the direction of this one. */
export function ofLength1(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** A vector, or scores, as guests read it. */
export function vectorText(vector: readonly number[]): string {
  const values = vector.map((value) => Number(value.toPrecision(10)));
  return `{"n_embedding": ${vector.length}, "embedding": [${values.join(',')}]}`;
}
