import type { RawTensor } from '@wasmedge-plugins/wasi-nn';
import {
  type AsyncExecutionContext,
  type AsyncPieceComputation,
  BackendFailure,
} from '@wasmedge-plugins/wasi-nn/kit/async';
import type { Token } from 'node-llama-cpp';
import { generatesText } from '../gguf/generates-text.js';
import type { FilledConfig } from '../options/defaults.js';
import { metadataOf, rankPooling } from '../options/model-metadata.js';
import { readOptions, refusePictures } from '../read-config.js';
import { isFrom } from '../release.js';
import { chatPrompt } from './chat-prompt.js';
import { checkOptions } from './check-options.js';
import { type AfterToken, Generation } from './generation.js';
import { LlamaMemory } from './llama-memory.js';
import type { LlamaState } from './llama-state.js';
import type { LoadedModel } from './model-cache.js';
import { bytesTensor, metadataText, Outputs, ofLength1, vectorText } from './outputs.js';
import { rankingPrompt } from './ranking-prompt.js';

/** Inputs by their index: any other than these is the prompt. Dialogues, and queries with a document, come from sessions only. */
const inputIndex = { metadata: 1, dialogue: 2, pair: 3 } as const;

// A mark at the beginning belongs to the text.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Room that a prompt must leave, as in WasmEdge. */
const reserved = 4;

type TakenModel = LoadedModel & { release(): Promise<void> };

/** A prompt as tokens, or how many it has at least, where that is more than there is ever room for. */
interface Prompt {
  readonly tokens: Token[];
  readonly count: number;
}

/** One use of a model: a prompt, and what the model says to it. */
export class LlamaExecutionContext implements AsyncExecutionContext {
  readonly onShortBuffer = 'too-large';
  readonly outputCount = 2;
  readonly pieces: AsyncPieceComputation;
  readonly #state: LlamaState;
  readonly #takeModel: (config: FilledConfig) => Promise<TakenModel>;
  readonly #outputs = new Outputs();
  #model: TakenModel;
  /** The options that the model was loaded with. */
  readonly #loaded: FilledConfig;
  #config: FilledConfig;
  #memory: LlamaMemory | undefined;
  #prompt: Prompt | undefined;
  /** Tokens of the last prompt, which is perhaps used up. */
  #promptCount = 0;
  /** What `compute_single` goes on with, and how that has ended if it has. */
  #single: { readonly generation: Generation; ended: Exclude<AfterToken, 'more'> | undefined } | undefined;
  /** What `compute` goes on with while its pieces are printed. */
  #printing: Generation | undefined;

  constructor(
    state: LlamaState,
    model: TakenModel,
    config: FilledConfig,
    takeModel: (config: FilledConfig) => Promise<TakenModel>,
  ) {
    this.#state = state;
    this.#model = model;
    this.#loaded = config;
    this.#config = config;
    this.#takeModel = takeModel;
    this.pieces = {
      compute: () => this.#computeSingle(),
      output: (index) => this.#read(index, this.#outputs.piece),
      finish: () => this.#finishSingle(),
    };
  }

  async setInput(index: number, { data }: RawTensor): Promise<void> {
    if (index === inputIndex.metadata) return this.#setOptions(utf8.decode(data));
    this.#prompt = this.#tokenize(data, this.#state.options.isSession ? index : 0);
    this.#promptCount = this.#prompt.count;
    // Until 0.14, a run goes on with the prompt that it began with.
    if (this.#keepsPrompts) await this.#endRun();
  }

  async compute(): Promise<'more' | undefined> {
    if (this.#config.reranking || this.#config.embedding) await this.#embed();
    else if (this.#config['stream-stdout']) return this.#computePrinting();
    else await this.#computeAll();
    return undefined;
  }

  output(index: number): RawTensor {
    return this.#read(index, this.#outputs.all);
  }

  async free(): Promise<void> {
    await this.#endRun();
    await this.#memory?.free();
    await this.#model.release();
  }

  /** Guests are told by an error code. */
  get #endForSession() {
    return this.#state.options.isSession ? this.#single?.ended : undefined;
  }

  get #keepsPrompts(): boolean {
    return isFrom(this.#state.options.release, '0.15');
  }

  #read(index: number, bytes: Uint8Array): RawTensor {
    if (index !== inputIndex.metadata) return bytesTensor(bytes);
    const { llama } = this.#state;
    return bytesTensor(metadataText(llama, this.#promptCount, this.#outputs.tokenCount, this.#endForSession));
  }

  async #setOptions(json: string): Promise<void> {
    const given = readOptions(this.#state.options.release, json);
    // A session's calls have nothing of each other.
    const config = { ...(this.#state.options.isSession ? this.#loaded : this.#config), ...given };
    await checkOptions(this.#state, config);
    this.#state.note(given);
    if (needsAnotherModel(this.#config, config)) await this.#loadAgain(config);
    this.#config = config;
  }

  async #loadAgain(config: FilledConfig): Promise<void> {
    const model = await this.#takeModel(config);
    await this.#endRun();
    await this.#memory?.free();
    this.#memory = undefined;
    await this.#model.release();
    this.#model = model;
  }

  #tokenize(data: Uint8Array, index: number): Prompt {
    const { vocabulary, model } = this.#model;
    const { maxContextSize } = this.#state.options;
    const fewest = Math.ceil(data.byteLength / vocabulary.longest);
    // Not worth the time: it cannot fit.
    if (fewest > maxContextSize) return { tokens: [], count: fewest };
    const text = utf8.decode(data);
    if (!this.#state.options.isSession) refusePictures(this.#state.options.release, text);
    const tokensOf = () => {
      if (index === inputIndex.dialogue) return chatPrompt(this.#state, model, text);
      return index === inputIndex.pair ? rankingPrompt(model, text) : vocabulary.tokenize(text);
    };
    const tokens = tokensOf();
    return { tokens, count: tokens.length };
  }

  /** The memory for what is computed next, as the options want it now. */
  async #currentMemory(): Promise<LlamaMemory> {
    if (this.#memory !== undefined && !this.#memory.fits(this.#config)) {
      await this.#memory.free();
      this.#memory = undefined;
    }
    this.#memory ??= new LlamaMemory(this.#state, this.#model, this.#config);
    return this.#memory;
  }

  /** The prompt, if it fits; what was computed before is gone. */
  async #takePrompt(): Promise<{ prompt: Token[]; memory: LlamaMemory }> {
    const prompt = this.#prompt;
    if (prompt === undefined) throw new BackendFailure('invalid_argument', 'Set the prompt, input 0, first.');
    this.#outputs.clear();
    const memory = await this.#currentMemory();
    checkLength(prompt.count, memory);
    return { prompt: prompt.tokens, memory };
  }

  async #begin(): Promise<Generation> {
    this.#requireText();
    const { prompt, memory } = await this.#takePrompt();
    if (prompt.length === 0) throw new BackendFailure('invalid_argument', 'The prompt has no tokens.');
    const generation = await Generation.start(this.#state, this.#model.model, memory, prompt, this.#config);
    if (!this.#keepsPrompts) this.#prompt = undefined;
    return generation;
  }

  async #computeAll(): Promise<void> {
    await this.#endRun();
    const generation = await this.#begin();
    try {
      while ((await this.#step(generation)) === 'more');
    } finally {
      await generation.end();
    }
  }

  /** One token at a time, whose piece the guest's standard output gets before the next. */
  async #computePrinting(): Promise<'more' | undefined> {
    if (this.#printing === undefined) {
      await this.#endRun();
      this.#printing = await this.#begin();
    }
    const generation = this.#printing;
    let after: AfterToken = 'end';
    try {
      after = await this.#step(generation);
    } finally {
      if (this.#outputs.takePiece()) this.#state.print(this.#outputs.piece.slice());
      if (after !== 'more') await this.#endRun();
    }
    return after === 'more' ? 'more' : undefined;
  }

  /** One token of `compute`: `end` also where the output has the text at which it stops, or as many tokens as it may have. */
  async #step(generation: Generation): Promise<AfterToken> {
    const most = this.#config['n-predict'];
    if (most >= 0 && this.#outputs.tokenCount >= most) return 'end';
    const { token, after } = await generation.next();
    if (token === undefined) return 'end';
    this.#outputs.addToken(this.#model.vocabulary.bytesOf(token));
    const stop = this.#config['reverse-prompt'];
    if (stop !== '' && this.#outputs.endsIn(stop)) return 'end';
    if (after === 'full') throw contextFull();
    return after;
  }

  async #computeSingle(): Promise<void> {
    if (this.#single?.ended !== undefined && !this.#keepsPrompts) throw endOf(this.#single.ended);
    if (this.#single === undefined || this.#single.ended !== undefined) {
      await this.#endRun();
      this.#single = { generation: await this.#begin(), ended: undefined };
    }
    const { generation } = this.#single;
    const { token, after } = await generation.next();
    if (token !== undefined) this.#outputs.addToken(this.#model.vocabulary.bytesOf(token));
    if (after === 'more') return this.#readAhead(generation);
    this.#single.ended = after;
    // A session reads it with the piece.
    if (!this.#state.options.isSession) throw endOf(after);
  }

  /** Computes on while the guest reads its token. After as many as it wants of `compute`, it is not expected to go on. */
  #readAhead(generation: Generation): void {
    if (this.#outputs.tokenCount !== this.#config['n-predict']) generation.readAhead();
  }

  async #finishSingle(): Promise<void> {
    await this.#endRun();
    this.#outputs.clear();
  }

  async #endRun(): Promise<void> {
    const running = [this.#single?.generation, this.#printing];
    this.#single = undefined;
    this.#printing = undefined;
    for (const each of running) await each?.end();
  }

  #requireText(): void {
    const { architecture } = this.#model.model.fileInfo.metadata.general;
    if (generatesText(architecture)) return;
    const instead = this.#state.options.isSession
      ? 'use embed() or rank()'
      : 'set "embedding" or "reranking" to true';
    throw new BackendFailure(
      'unsupported_operation',
      `A model of the architecture ${architecture} gives vectors or scores of texts, and no text; ${instead}, or load another model.`,
    );
  }

  #requireVectors(): void {
    if (this.#model.model.fileInfo.architectureMetadata.pooling_type !== rankPooling) return;
    const instead = this.#state.options.isSession
      ? 'use rank()'
      : 'set "reranking" to true, or a "pooling-type"';
    throw new BackendFailure('invalid_argument', `The model gives scores in place of vectors; ${instead}.`);
  }

  /** A text's vector, or its scores. */
  async #embed(): Promise<void> {
    const isRanking = this.#config.reranking === true;
    if (!isRanking) this.#requireVectors();
    await this.#endRun();
    const { prompt, memory } = await this.#takePrompt();
    const batch = this.#config['batch-size'];
    if (prompt.length > batch) {
      throw new BackendFailure(
        'prompt_too_long',
        `The text has ${prompt.length} tokens; "batch-size" allows ${batch}. Shorten the text, or raise it.`,
      );
    }
    if (prompt.length === 0) throw new BackendFailure('invalid_argument', 'The text has no tokens.');
    const vector = await memory.embed(prompt);
    this.#outputs.setText(vectorText(isRanking ? vector : ofLength1(vector)));
  }
}

function checkLength(count: number, { size, positions }: LlamaMemory): void {
  if (count <= Math.min(size - reserved, positions)) return;
  const reason =
    count > positions
      ? `the model has positions for ${positions}. Shorten it.`
      : `a context of ${size} takes ${Math.max(0, size - reserved)}. Shorten it, or raise "ctx-size".`;
  throw new BackendFailure('prompt_too_long', `The prompt has ${count} tokens; ${reason}`);
}

/** Whether options want the model to be loaded another way; those that say how its file is read act only when a graph is loaded. */
function needsAnotherModel(before: FilledConfig, after: FilledConfig): boolean {
  return (
    before['n-gpu-layers'] !== after['n-gpu-layers'] ||
    JSON.stringify(metadataOf(before)) !== JSON.stringify(metadataOf(after))
  );
}

function contextFull(): BackendFailure {
  return new BackendFailure('context_full', 'The context has no room for another token.');
}

function endOf(how: Exclude<AfterToken, 'more'>): BackendFailure {
  return how === 'full'
    ? contextFull()
    : new BackendFailure('end_of_sequence', 'The model has ended its text.');
}
