import type { LlamaModel, Token } from 'node-llama-cpp';
import { bytesOfLetters } from './byte-letters.js';
import { tokensAtEnds } from './tokens-at-ends.js';

// As GGUF numbers the kinds of tokens.
const normalKind = 1;
const byteKind = 6;

const encoder = new TextEncoder();

/** The bytes that tokens stand for; the library gives whole characters only. */
export class Vocabulary {
  /** Bytes of the longest token. */
  readonly longest: number;
  readonly #model: LlamaModel;
  readonly #texts: readonly string[];
  readonly #kinds: readonly number[];

  constructor(model: LlamaModel) {
    this.#model = model;
    const { tokens = [], token_type: kinds = [] } = model.fileInfo.metadata.tokenizer?.ggml ?? {};
    this.#texts = tokens;
    this.#kinds = kinds;
    this.longest = this.#texts.reduce((longest, text) => Math.max(longest, 3 * text.length), 1);
  }

  /** The tokens of a prompt, with those that the model wants at its ends; tokens that control the model may be written in it. */
  tokenize(text: string): Token[] {
    const { begin, end } = tokensAtEnds(this.#model);
    return [...begin, ...this.#model.tokenize(text, true), ...end];
  }

  /** The bytes of a token: those that control the model have their names. */
  bytesOf(token: Token): Uint8Array {
    const text = this.#texts[token];
    if (text === undefined) return encoder.encode(this.#model.detokenize([token], true));
    const kind = this.#kinds[token];
    if (kind === byteKind) return Uint8Array.of(Number.parseInt(text.slice(3, 5), 16));
    if (kind !== normalKind) return encoder.encode(text);
    switch (this.#model.vocabularyType) {
      case 'spm':
        return encoder.encode(text.replaceAll('\u2581', ' '));
      case 'bpe':
        return bytesOfLetters(text) ?? encoder.encode(text);
      default:
        return encoder.encode(this.#model.detokenize([token], true));
    }
  }
}
