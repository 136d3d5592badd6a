import { readFileSync } from 'node:fs';

/** Where the models and their answers lie; also from the built file in `dist`. */
export const folder: URL = new URL(
  import.meta.url.endsWith('.ts') ? './models/' : '../conformance/models/',
  import.meta.url,
);

/** What the model must answer, as NumPy computes it of the same file (tools/models/chat). */
export interface TextAnswer {
  readonly prompt: string;
  readonly inputTokens: number;
  readonly tokens: readonly number[];
  readonly text: string;
  /** The bytes of each token, as hexadecimal digits. */
  readonly pieces: readonly string[];
}

/** Options of a guest with the vector of a text that they lead to. */
export interface VectorWithOptions {
  readonly options: object;
  readonly text: string;
  readonly vector: readonly number[];
}

/** Options of a guest with the tokens, so many, that a text goes on with then. */
export interface TextWithOptions {
  readonly options: object;
  readonly prompt: string;
  readonly count: number;
  readonly text: string;
}

interface Answers {
  readonly dialogues: Readonly<Record<string, TextAnswer>>;
  readonly texts: Readonly<Record<string, TextAnswer>>;
  readonly embeddings: Readonly<Record<string, readonly number[]>>;
  readonly options: {
    readonly vectors: readonly VectorWithOptions[];
    readonly texts: readonly TextWithOptions[];
  };
}

/** The model of the suite, which knows a few dialogues by heart. */
export const modelUrl = new URL('chat.gguf', folder);

/** Where no model is. */
export const noModelUrl = new URL('absent.gguf', folder);

/** The bytes of the model, a copy. */
export function modelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(modelUrl));
}

const answers: Answers = JSON.parse(readFileSync(new URL('answers.json', folder), 'utf8'));

/** The answer to a question, with the prompt that asks it. */
export function dialogue(question: string): TextAnswer {
  return found(answers.dialogues, question);
}

/** How a text goes on. */
export function continued(text: string): TextAnswer {
  return found(answers.texts, text);
}

/** The vector of a text, of length 1. */
export function embedding(text: string): readonly number[] {
  return found(answers.embeddings, text);
}

/** Every dialogue and text. */
export const allAnswers: readonly TextAnswer[] = [
  ...Object.values(answers.dialogues),
  ...Object.values(answers.texts),
];

/** What options of contexts and of sampling lead to. */
export const withOptions = answers.options;

/** How far a vector is from another; llama.cpp computes with 16 bits of the weights, and in 32 bits. */
export function distance(vector: readonly number[], expected: readonly number[]): number {
  return Math.max(...vector.map((value, index) => Math.abs(value - (expected[index] ?? 9))));
}

/** The texts whose vectors are known. */
export const embeddedTexts: readonly string[] = Object.keys(answers.embeddings);

function found<Kind>(all: Readonly<Record<string, Kind>>, name: string): Kind {
  const answer = all[name];
  if (answer === undefined) throw new Error(`There is no answer for ${name}.`);
  return answer;
}
