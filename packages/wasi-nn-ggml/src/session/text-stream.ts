import { InvalidArgumentError, onAbort } from '@wasmedge-plugins/core';
import type { TurnQueue } from '@wasmedge-plugins/wasi-nn/kit';
import type { GGMLConfig } from '../options/config.js';
import type { GivenPrompt } from './check-prompt.js';
import type { FinishReason, Generated, TokenCounts } from './generated.js';
import type { ModelCalls, Piece } from './model-calls.js';
import { StopFilter } from './stop-filter.js';

/** What a text is made of. */
export interface TextRequest {
  readonly calls: ModelCalls;
  readonly queue: TurnQueue;
  /** @throws {DisposedError} when the session is gone. */
  readonly checkAlive: () => void;
  readonly prompt: GivenPrompt;
  /** Options that are given with it; the others are those of the session. */
  readonly config: GGMLConfig;
  /** Below 0 for no bound. */
  readonly maxTokens: number;
  readonly stops: readonly string[];
  readonly signal: AbortSignal | undefined;
}

const reasons: Readonly<Record<NonNullable<Piece['ended']>, FinishReason>> = {
  end: 'end',
  full: 'context-full',
};

/** A text of a session, computed while it is iterated. */
export class TextStream implements Generated {
  readonly #request: TextRequest;
  #counts: TokenCounts = { prompt: 0, generated: 0 };
  #finishReason: FinishReason | undefined;
  #isTaken = false;

  constructor(request: TextRequest) {
    this.#request = request;
  }

  get counts(): TokenCounts {
    return this.#counts;
  }

  get finishReason(): FinishReason | undefined {
    return this.#finishReason;
  }

  async text(): Promise<string> {
    let text = '';
    for await (const piece of this) text += piece;
    return text;
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    if (this.#isTaken) {
      throw new InvalidArgumentError('A generated text can be iterated once; call generate() again.');
    }
    this.#isTaken = true;
    return this.#texts();
  }

  async *#texts(): AsyncGenerator<string> {
    const { calls, queue, checkAlive, prompt, config, stops, signal } = this.#request;
    const release = await queue.take(signal);
    let computing: Promise<unknown> | undefined;
    // What computes goes on to the end of its token, and nothing else may be asked before.
    const giveBack = once(() => {
      const end = () => {
        try {
          checkAlive();
          calls.finish();
        } catch {
          // The session is gone, and its model with it.
        }
        release();
      };
      if (computing === undefined) end();
      else computing.then(end, end);
    });
    // Whoever has stopped taking pieces, too.
    const stopListening = signal === undefined ? () => {} : onAbort(signal, giveBack);
    try {
      signal?.throwIfAborted();
      checkAlive();
      calls.begin(prompt, config);
      const filter = new StopFilter(stops);
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      while (this.#finishReason === undefined) {
        signal?.throwIfAborted();
        const next = calls.next();
        computing = next;
        const piece = await orAborted(next, signal, checkAlive);
        computing = undefined;
        const text = this.#take(piece, filter, decoder);
        if (text !== '') yield text;
      }
    } finally {
      stopListening();
      giveBack();
    }
  }

  /** The characters that a piece completes. */
  #take({ bytes, counts, ended }: Piece, filter: StopFilter, decoder: TextDecoder): string {
    const { maxTokens: most } = this.#request;
    this.#counts = counts;
    if (most === 0) {
      this.#finishReason = 'length';
      this.#counts = { ...counts, generated: 0 };
      return '';
    }
    // The token that ends a text is not a part of it.
    const { text, stopped } = filter.add(ended === 'end' ? '' : decoder.decode(bytes, { stream: true }));
    if (stopped) this.#finishReason = 'stop';
    else if (ended !== undefined) this.#finishReason = reasons[ended];
    else if (most >= 0 && counts.generated >= most) this.#finishReason = 'length';
    if (this.#finishReason === undefined || stopped) return text;
    return text + filter.end() + decoder.decode();
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** The result, unless the signal comes first, or the session is gone meanwhile. */
async function orAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  checkAlive: () => void,
): Promise<Result> {
  const checked = work.catch((error: unknown) => {
    checkAlive();
    throw error;
  });
  if (signal === undefined) return checked;
  let stopListening = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stopListening = onAbort(signal, () => reject(signal.reason));
  });
  checked.catch(() => {});
  try {
    return await Promise.race([checked, aborted]);
  } finally {
    stopListening();
  }
}
