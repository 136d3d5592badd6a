import { readFileSync } from 'node:fs';
import { folder } from './models.js';

/** A text's vector, of length 1, as NumPy computes it of the same file (tools/models/encoder), and the text's tokens with those at its ends. */
export interface VectorAnswer {
  readonly text: string;
  readonly tokens: number;
  readonly vector: readonly number[];
}

interface Answers {
  readonly embeddings: Readonly<Record<string, Omit<VectorAnswer, 'text'>>>;
  readonly unpooled: VectorAnswer;
  readonly query: string;
  readonly rankings: readonly ScoreAnswer[];
}

/** How well a document answers the query, as NumPy computes it: what the model's head makes of the first token; and the tokens of both with those between and around. */
export interface ScoreAnswer {
  readonly document: string;
  readonly tokens: number;
  readonly score: number;
}

/** A model of the architecture BERT that gives vectors; it has 640 positions. */
export const encoderUrl = new URL('encoder.gguf', folder);

/** One of an architecture and vocabulary as those of bge-reranker; its file does not say how the vectors of tokens are pooled. */
export const rerankerUrl = new URL('reranker.gguf', folder);

const answers: Answers = JSON.parse(readFileSync(new URL('encoder-answers.json', folder), 'utf8'));

/** The vectors that are known, in ascending order of their texts' lengths. */
export const encodedTexts: readonly VectorAnswer[] = Object.entries(answers.embeddings)
  .map(([text, answer]) => ({ text, ...answer }))
  .sort((a, b) => a.tokens - b.tokens);

/** The text with so many tokens. */
export function encodedText(tokens: number): VectorAnswer {
  const found = encodedTexts.find((each) => each.tokens === tokens);
  if (found === undefined) throw new Error(`There is no text of ${tokens} tokens.`);
  return found;
}

/** What the other model gives for a text: the vector of its last token. */
export const unpooled: VectorAnswer = answers.unpooled;

/** What the other model is asked, and what it gives for each document. */
export const { query, rankings } = answers;

/** How far a vector is from the right one, by its worst number. llama.cpp computes with 16 bits of weights and what they are multiplied with. */
export function furthest(vector: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs(value - (vector[index] ?? 9))));
}
