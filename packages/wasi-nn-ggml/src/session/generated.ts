/** Why a text has ended: the model ended it (`end`), a text of `stop` came (`stop`), there were `maxTokens` (`length`), or the context is full (`context-full`). */
export type FinishReason = 'end' | 'stop' | 'length' | 'context-full';

/** Tokens of a computation. */
export interface TokenCounts {
  /** Number of tokens of the prompt. */
  readonly prompt: number;
  /** Number of tokens that were generated so far, with the one that ends the text. */
  readonly generated: number;
}

/** A text that a model gives piece by piece. It is computed while it is iterated, once. */
export interface Generated extends AsyncIterable<string> {
  /** Tokens so far; all of them once the iteration has ended. */
  readonly counts: TokenCounts;
  /** Why the text has ended; `undefined` until then. */
  readonly finishReason: FinishReason | undefined;
  /**
   * The text as a whole, in place of an iteration.
   *
   * @throws everything that the iteration throws.
   */
  text(): Promise<string>;
}
