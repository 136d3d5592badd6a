import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import {
  LlamaGrammarEvaluationState,
  type LlamaModel,
  type SequenceEvaluateOptions,
  type Token,
} from 'node-llama-cpp';
import type { FilledConfig } from '../options/defaults.js';
import { grammarOf } from './check-options.js';
import type { LlamaMemory } from './llama-memory.js';
import type { LlamaState } from './llama-state.js';
import { samplingOf } from './sampling.js';

/** What comes after a token: more, an end that the model chose, or no room. */
export type AfterToken = 'more' | 'end' | 'full';

/** Tokens that follow a prompt, one at a time. */
export class Generation {
  readonly #model: LlamaModel;
  readonly #tokens: AsyncGenerator<Token, unknown>;
  readonly #generated: Token[];
  readonly #ignoresEnd: boolean;
  /** How many tokens there may be: the last has no room to be computed on. */
  readonly #most: number;
  /** The token that nobody has asked for yet. */
  #ahead: Promise<IteratorResult<Token, unknown>> | undefined;

  static async start(
    state: LlamaState,
    model: LlamaModel,
    memory: LlamaMemory,
    prompt: Token[],
    config: FilledConfig,
  ): Promise<Generation> {
    const generated: Token[] = [];
    const grammar = await grammarOf(state, config);
    const sequence = await memory.sequence();
    const options: SequenceEvaluateOptions = {
      ...samplingOf(config, generated, memory.size),
      ...(grammar && { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) }),
      yieldEogToken: true,
      // Tokens are never taken away from the beginning to make room.
      contextShift: {
        strategy() {
          throw new BackendFailure('context_full', 'The context has no room for another token.');
        },
      },
    };
    const most = Math.min(memory.size, memory.positions) - prompt.length + 1;
    const tokens = withReasons(sequence.evaluate(prompt, options), memory, grammar !== undefined);
    return new Generation(model, tokens, generated, most, config);
  }

  private constructor(
    model: LlamaModel,
    tokens: AsyncGenerator<Token, unknown>,
    generated: Token[],
    most: number,
    config: FilledConfig,
  ) {
    this.#model = model;
    this.#tokens = tokens;
    this.#generated = generated;
    this.#most = most;
    this.#ignoresEnd = config['ignore-eos'] === true;
  }

  /** The next token, and what comes after it; no token where the library gives none. */
  async next(): Promise<{ readonly token: Token | undefined; readonly after: AfterToken }> {
    const next = this.#ahead ?? this.#tokens.next();
    this.#ahead = undefined;
    const { value: token, done } = await next;
    if (done === true || token === undefined) return { token: undefined, after: 'end' };
    this.#generated.push(token);
    if (this.#model.isEogToken(token) && !this.#ignoresEnd) return { token, after: 'end' };
    return { token, after: this.#generated.length >= this.#most ? 'full' : 'more' };
  }

  /** Begins with the token after one that has `more` after it, before it is asked for. It is one token, however often this is called. */
  readAhead(): void {
    if (this.#ahead !== undefined) return;
    this.#ahead = this.#tokens.next();
    // Whoever asks for the token is told; nobody may ask.
    this.#ahead.catch(() => {});
  }

  /** Ends it, after the token that is computed, if there is one. */
  async end(): Promise<void> {
    this.#ahead = undefined;
    await this.#tokens.return(undefined);
  }
}

/** The tokens, or why one could not be chosen. */
async function* withReasons(
  tokens: AsyncGenerator<Token, unknown>,
  memory: LlamaMemory,
  hasGrammar: boolean,
): AsyncGenerator<Token, unknown> {
  memory.takeFailure();
  try {
    return yield* tokens;
  } catch (error) {
    const failure = memory.takeFailure();
    if (failure === undefined) throw error;
    throw hasGrammar
      ? new BackendFailure(
          'invalid_argument',
          `The grammar allows no token of this model here: ${failure.message}`,
        )
      : new BackendFailure('runtime_error', `llama.cpp could not choose a token: ${failure.message}`);
  }
}
