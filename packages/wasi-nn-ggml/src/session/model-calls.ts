import type { ExecutionContext, PieceComputation, RawTensor } from '@wasmedge-plugins/wasi-nn';
import type { GGMLConfig } from '../options/config.js';
import type { GivenPrompt } from './check-prompt.js';
import type { TokenCounts } from './generated.js';
import type { SessionMetadata } from './session-metadata.js';

/** What is computed as a whole: by the number of its input, and its text. */
interface GivenText {
  readonly input: 0 | 3;
  readonly text: string;
}

/** What came of asking for a piece. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly counts: TokenCounts;
  readonly ended: SessionMetadata['ended'];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a session asks of its model: what guests ask too. */
export class ModelCalls {
  readonly #context: ExecutionContext;
  readonly #pieces: PieceComputation;

  constructor(context: ExecutionContext) {
    this.#context = context;
    this.#pieces = context.pieces as PieceComputation;
  }

  /** Sets a prompt and options, which reach the model with what is computed next. */
  begin({ input, text }: GivenPrompt, config: GGMLConfig): void {
    this.#context.setInput(1, tensor(JSON.stringify({ ...config, embedding: false })));
    this.#context.setInput(input, tensor(text));
  }

  /** The next piece. */
  async next(): Promise<Piece> {
    await this.#pieces.computeAsync();
    const metadata: SessionMetadata = JSON.parse(decoder.decode(this.#pieces.output(1).data));
    return {
      bytes: this.#pieces.output(0).data,
      counts: { prompt: metadata.input_tokens, generated: metadata.output_tokens },
      ended: metadata.ended,
    };
  }

  /** Ends the text; the next piece is the first of another. */
  finish(): void {
    this.#pieces.finish();
  }

  async embed(text: string): Promise<Float32Array> {
    return Float32Array.from(await this.#compute({ embedding: true, reranking: false }, { input: 0, text }));
  }

  /** How well a document answers a query. */
  async rank(query: string, document: string): Promise<number> {
    const text = JSON.stringify([query, document]);
    const [score = 0] = await this.#compute({ reranking: true }, { input: 3, text });
    return score;
  }

  async #compute(config: GGMLConfig, { input, text }: GivenText): Promise<readonly number[]> {
    this.#context.setInput(1, tensor(JSON.stringify(config)));
    this.#context.setInput(input, tensor(text));
    await this.#context.computeAsync();
    const { embedding } = JSON.parse(decoder.decode(this.#context.output(0).data));
    return embedding;
  }
}

function tensor(text: string): RawTensor {
  const data = encoder.encode(text);
  return { type: 'u8', shape: [data.length], data };
}
