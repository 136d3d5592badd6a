import { DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import type { SessionModel } from '@wasmedge-plugins/wasi-nn';
import { TurnQueue } from '@wasmedge-plugins/wasi-nn/kit';
import type { GGMLConfig } from '../options/config.js';
import type { ChatMessage } from './chat-message.js';
import { checkPrompt } from './check-prompt.js';
import { type GenerateOptions, readGenerateOptions } from './generate-options.js';
import type { Generated } from './generated.js';
import { ModelCalls } from './model-calls.js';
import { checkRanked, type RankedDocument, rankDocuments } from './rank-documents.js';
import { TextStream } from './text-stream.js';

/** A language model that is used from TypeScript. One computation at a time: a second waits for the first. */
export interface GGMLSession extends Disposable {
  /**
   * Continues a text, or answers a dialogue, which the model's own chat template turns into a text. Nothing is kept of it for the next call.
   *
   * @param prompt the text as it is, or the messages of the dialogue, the last one being of the user.
   * @param options how the model answers. Default: as the session's `config` says.
   * @returns the text: iterate it for whole characters as they come, or await its `text()`.
   * @throws {InvalidArgumentError} for a prompt or an option that is invalid.
   * @throws {NnError} by the iteration: `prompt_too_long` for a prompt that the context has no room for, `invalid_argument` for a grammar or a schema that cannot be used, and
   * for messages if the model's chat template is broken, refuses them or takes more than 10 s; `runtime_error` when llama.cpp fails.
   * @throws {DisposedError} after disposal.
   * @example for await (const piece of session.generate('Once upon a time', { maxTokens: 100 })) process.stdout.write(piece);
   */
  generate(prompt: string | readonly ChatMessage[], options?: GenerateOptions): Generated;
  /**
   * The vector of a text, of length 1: how near two of them are tells how near the texts are.
   *
   * @param text what is embedded.
   * @throws {InvalidArgumentError} when it is not a string.
   * @throws {NnError} `prompt_too_long` for a text that the context has no room for.
   * @throws {DisposedError} after disposal.
   */
  embed(text: string): Promise<Float32Array>;
  /**
   * How well documents answer a query, by a model that ranks (a reranker, or cross-encoder). Such a model is loaded once if the session's `config` has `reranking`; otherwise
   * again, with the first call and after each {@link embed}.
   *
   * @param query what is asked.
   * @param documents texts, each of which is scored by itself together with the query.
   * @returns all documents, the best first; of equal ones, that which comes first.
   * @throws {InvalidArgumentError} when these are no strings.
   * @throws {NnError} `invalid_argument` for a model that does not rank, `prompt_too_long` for a document that the context has no room for beside the query.
   * @throws {DisposedError} after disposal.
   * @example const [best] = await session.rank('What is calm?', ['The sea is.', 'The sky was blue.']);
   */
  rank(query: string, documents: readonly string[]): Promise<readonly RankedDocument[]>;
}

/** Makes a session of a loaded model, which it then owns, together with what must be freed after it. */
export function createTextSession(
  { graph, context }: SessionModel,
  owned: readonly Disposable[],
  config: GGMLConfig = {},
): GGMLSession {
  const calls = new ModelCalls(context);
  const queue = new TurnQueue();
  let isDisposed = false;
  const checkAlive = () => {
    if (isDisposed) throw disposed();
  };
  const inTurn = async <Result>(work: () => Promise<Result>) => {
    const release = await queue.take();
    try {
      return await work();
    } catch (error) {
      // What was ended has failed for no other reason.
      checkAlive();
      throw error;
    } finally {
      release();
    }
  };
  return {
    generate(prompt, options = {}) {
      checkAlive();
      const given = checkPrompt(prompt);
      const asked = readGenerateOptions(options, config);
      return new TextStream({ calls, queue, checkAlive, prompt: given, ...asked, signal: options.signal });
    },
    async embed(text) {
      checkAlive();
      if (typeof text !== 'string') throw new InvalidArgumentError('embed() takes a string.');
      return inTurn(() => calls.embed(text));
    },
    async rank(query, documents) {
      checkAlive();
      const given = checkRanked(query, documents);
      return inTurn(() => rankDocuments(calls, given));
    },
    [Symbol.dispose]() {
      if (isDisposed) return;
      isDisposed = true;
      queue.close(disposed());
      // What computes ends with its process.
      context[Symbol.dispose]();
      graph[Symbol.dispose]();
      for (const each of owned) each[Symbol.dispose]();
    },
  };
}

function disposed(): DisposedError {
  return new DisposedError('The session was disposed; create another one.');
}
