import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { LlamaContext, LlamaContextSequence, LlamaEmbeddingContext, Token } from 'node-llama-cpp';
import type { FilledConfig } from '../options/defaults.js';
import { checkCache } from './check-cache.js';
import { guardSampler, type SamplerFailures } from './guard-sampler.js';
import type { LlamaState } from './llama-state.js';
import type { LoadedModel } from './model-cache.js';

/** Tokens of a prompt that are computed at once; more takes more memory, and is hardly faster. */
const largestBatch = 512;

/** A context that nobody gave a size is not made smaller than this; then it is too large for the memory that is left. */
const smallestDefault = 512;

/** The memory in which a model computes, made when it is first needed, and anew when its options have changed. */
export class LlamaMemory {
  /** How many tokens it has room for, as guests see it. */
  readonly size: number;
  /** How many tokens the model has positions for; llama.cpp ends the process at the next one. */
  readonly positions: number;
  readonly #state: LlamaState;
  readonly #model: LoadedModel['model'];
  readonly #config: FilledConfig;
  #text:
    | {
        readonly context: LlamaContext;
        readonly sequence: LlamaContextSequence;
        readonly failures: SamplerFailures;
        bytes: number;
      }
    | undefined;
  #embedding: { readonly context: LlamaEmbeddingContext; bytes: number } | undefined;

  constructor(state: LlamaState, { model }: LoadedModel, config: FilledConfig) {
    this.#state = state;
    this.#model = model;
    this.#config = config;
    this.size = this.#contextSize();
    this.positions = positionsOf(model);
  }

  /** Whether it is what these options ask for. */
  fits(config: FilledConfig): boolean {
    const names = [
      'ctx-size',
      'batch-size',
      'threads',
      'flash-attn',
      'cache-type-k',
      'cache-type-v',
    ] as const;
    return names.every((name) => config[name] === this.#config[name]);
  }

  /** An empty sequence of tokens. */
  async sequence(): Promise<LlamaContextSequence> {
    if (this.#text === undefined) {
      checkCache(this.#model, this.#config);
      const batchSize = Math.min(this.#config['batch-size'], largestBatch, this.size);
      const bytes = this.#take(this.size, batchSize, false);
      // One more than guests see: the last token is given to them, but not computed on.
      const contextSize = this.size + 1;
      const { 'cache-type-k': keys, 'cache-type-v': values } = this.#config;
      const options = {
        contextSize,
        batchSize,
        threads: this.#threads(),
        flashAttention: this.#flash(),
        ...(keys !== undefined && { experimentalKvCacheKeyType: keys }),
        ...(values !== undefined && { experimentalKvCacheValueType: values }),
      };
      const context = await this.#made(bytes, () => this.#model.createContext(options));
      const failures = guardSampler(context);
      this.#text = { context, sequence: context.getSequence(), failures, bytes };
    }
    await this.#text.sequence.clearHistory();
    return this.#text.sequence;
  }

  /** Why the last token could not be chosen, if it could not. */
  takeFailure(): Error | undefined {
    return this.#text?.failures.take();
  }

  /** A text's vector, of any length. The tokens are at most `batch-size`. */
  async embed(tokens: Token[]): Promise<readonly number[]> {
    if (this.#embedding === undefined) {
      const most = Math.min(this.size, this.positions);
      // The library wants one more, and may add a token at each end. A text that is computed in parts would have the vector of the last.
      const contextSize = most + 3;
      const batchSize = Math.min(this.#config['batch-size'], most) + 2;
      const bytes = this.#take(contextSize, batchSize, true);
      const options = { contextSize, batchSize, threads: this.#threads() };
      const context = await this.#made(bytes, () => this.#model.createEmbeddingContext(options));
      this.#embedding = { context, bytes };
    }
    return (await this.#embedding.context.getEmbeddingFor(tokens)).vector;
  }

  async free(): Promise<void> {
    const parts = [this.#text, this.#embedding].filter((part) => part !== undefined);
    this.#text = undefined;
    this.#embedding = undefined;
    for (const { context, bytes } of parts) {
      await context.dispose();
      this.#state.free(bytes);
    }
  }

  #contextSize(): number {
    const { maxContextSize } = this.#state.options;
    const given = this.#config['ctx-size'];
    if (given > 0) return given;
    let size = Math.min(this.#model.trainContextSize, maxContextSize);
    const isTooLarge = () => this.#estimate(size, Math.min(size, largestBatch), false) > this.#state.room;
    while (size >= 2 * smallestDefault && isTooLarge()) size = Math.floor(size / 2);
    return size;
  }

  #threads(): number {
    const { threads, maxThreads } = this.#state.options;
    return Math.min(Math.max(1, this.#config.threads ?? threads), maxThreads);
  }

  #flash(): boolean | 'auto' {
    const given = this.#config['flash-attn'];
    if (given === undefined || given === 'auto') return 'auto';
    return given === true || given === 'on' || given === 'enabled';
  }

  #estimate(contextSize: number, batchSize: number, isEmbeddingContext: boolean): number {
    const { gpuLayers, fileInsights } = this.#model;
    const { 'cache-type-k': kvCacheKeyType, 'cache-type-v': kvCacheValueType } = this.#config;
    const needs = {
      contextSize,
      batchSize,
      isEmbeddingContext,
      modelGpuLayers: gpuLayers,
      ...(!isEmbeddingContext && kvCacheKeyType !== undefined && { kvCacheKeyType }),
      ...(!isEmbeddingContext && kvCacheValueType !== undefined && { kvCacheValueType }),
    };
    return fileInsights.estimateContextResourceRequirements(needs).cpuRam;
  }

  #take(contextSize: number, batchSize: number, isEmbedding: boolean): number {
    const bytes = this.#estimate(contextSize, batchSize, isEmbedding);
    this.#state.take(bytes);
    return bytes;
  }

  async #made<Made>(bytes: number, make: () => Promise<Made>): Promise<Made> {
    try {
      return await make();
    } catch (error) {
      this.#state.free(bytes);
      this.#state.maybeUndisposable.add(this.#model);
      throw new BackendFailure('invalid_argument', `The context cannot be made: ${(error as Error).message}`);
    }
  }
}

/** Of models that learned a vector for each position, there are so many; others compute theirs. */
function positionsOf({ fileInfo }: LoadedModel['model']): number {
  const learned = fileInfo.fullTensorInfo?.find(({ name }) => name === 'position_embd.weight');
  return learned === undefined ? Number.POSITIVE_INFINITY : Number(learned.dimensions[1] ?? 0);
}
