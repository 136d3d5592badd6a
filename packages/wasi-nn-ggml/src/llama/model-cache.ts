import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { LlamaModel, LlamaModelOptions } from 'node-llama-cpp';
import { type MetadataValue, rankPooling } from '../options/model-metadata.js';
import type { LlamaState } from './llama-state.js';
import type { ModelFile } from './model-file.js';
import { Vocabulary } from './vocabulary.js';

/** What a model is loaded with, which makes it another one. */
export interface ModelSettings {
  readonly gpuLayers: number | 'auto';
  readonly useMmap: boolean;
  readonly useMlock: boolean;
  readonly checkTensors: boolean;
  /** What is read in place of what the file says. */
  readonly metadata: Readonly<Record<string, MetadataValue>>;
}

/** A model with what is read of it once. */
export interface LoadedModel {
  readonly model: LlamaModel;
  readonly vocabulary: Vocabulary;
}

type Overrides = NonNullable<LlamaModelOptions['metadataOverrides']>;

interface Entry {
  /** The identity of its file. */
  readonly file: string;
  readonly loaded: Promise<LoadedModel>;
  /** What was counted for it. */
  bytes: number;
  users: number;
}

/** The models of a process: graphs of one file with the same settings share one, since no computation changes it. */
export class ModelCache {
  readonly state: LlamaState;
  readonly #entries = new Map<string, Entry>();

  constructor(state: LlamaState) {
    this.state = state;
  }

  /**
   * A model, and what gives it back. The host chose the file; another copy of it, with other settings, is counted.
   *
   * @throws {BackendFailure} `too_large` for a copy that there is no room for, and why the file is not loaded.
   */
  async take(file: ModelFile, settings: ModelSettings): Promise<LoadedModel & { release(): Promise<void> }> {
    const identity = await file.identity();
    const key = JSON.stringify([identity, settings]);
    const entry = this.#entries.get(key) ?? this.#load(file, identity, settings);
    this.#entries.set(key, entry);
    entry.users++;
    let isReleased = false;
    const release = async () => {
      if (isReleased) return;
      isReleased = true;
      entry.users--;
      if (entry.users > 0) return;
      this.#entries.delete(key);
      const loaded = await entry.loaded.catch(() => undefined);
      const disposed = loaded?.model.dispose();
      // Nobody has it any more: if this never ends, it goes with the next collection of garbage.
      if (loaded === undefined || !this.state.maybeUndisposable.has(loaded.model)) await disposed;
      this.state.free(entry.bytes);
    };
    try {
      return { ...(await entry.loaded), release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  #load(file: ModelFile, identity: string, settings: ModelSettings): Entry {
    const isCopy = [...this.#entries.values()].some((other) => other.file === identity);
    const loaded = file.open(async ({ path: modelPath, bytes, architecture }) => {
      if (isCopy) this.#count(entry, bytes);
      const { metadata, ...options } = settings;
      const metadataOverrides = { [architecture]: nested(metadata) } as Overrides;
      const model = await this.state.llama.loadModel({ modelPath, ...options, metadataOverrides });
      this.state.passDoubt(model);
      if (metadata.pooling_type === rankPooling) await requireRanking(model);
      return { model, vocabulary: new Vocabulary(model) };
    });
    const entry: Entry = { file: identity, loaded, bytes: 0, users: 0 };
    return entry;
  }

  #count(entry: Entry, bytes: number): void {
    this.state.take(bytes, 'Another copy of the model, with other options,');
    entry.bytes = bytes;
  }
}

async function requireRanking(model: LlamaModel): Promise<void> {
  if (model.fileInsights.supportsRanking) return;
  await model.dispose();
  throw new BackendFailure(
    'invalid_argument',
    'The model has no head that ranks (cls.weight, cls.output.weight), or no token between two texts; load a reranker, or leave out "reranking".',
  );
}

/** The objects that names with dots stand for. */
function nested(values: ModelSettings['metadata']): object {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const path = name.split('.');
    const last = path.pop() as string;
    let parent = root;
    for (const key of path) {
      parent[key] ??= {};
      parent = parent[key] as Record<string, unknown>;
    }
    parent[last] = value;
  }
  return root;
}
