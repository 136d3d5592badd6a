import type { Llama, LlamaModel } from 'node-llama-cpp';
import type { ModelFile } from './model-file.js';
import { Vocabulary } from './vocabulary.js';

/** What a model is loaded with, which makes it another one. */
export interface ModelSettings {
  readonly gpuLayers: number | 'auto';
  readonly useMmap: boolean;
  readonly useMlock: boolean;
  readonly checkTensors: boolean;
}

/** A model with what is read of it once. */
export interface LoadedModel {
  readonly model: LlamaModel;
  readonly vocabulary: Vocabulary;
}

interface Entry {
  readonly loaded: Promise<LoadedModel>;
  users: number;
}

/** The models of a process: graphs of one file with the same settings share one, since no computation changes it. */
export class ModelCache {
  readonly #llama: Llama;
  readonly #entries = new Map<string, Entry>();

  constructor(llama: Llama) {
    this.#llama = llama;
  }

  /** A model, and what gives it back. */
  async take(file: ModelFile, settings: ModelSettings): Promise<LoadedModel & { release(): Promise<void> }> {
    const key = JSON.stringify([file.name, settings]);
    const entry = this.#entries.get(key) ?? { loaded: this.#load(file, settings), users: 0 };
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
      await loaded?.model.dispose();
    };
    try {
      return { ...(await entry.loaded), release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  async #load(file: ModelFile, settings: ModelSettings): Promise<LoadedModel> {
    const model = await file.open((modelPath) => this.#llama.loadModel({ modelPath, ...settings }));
    return { model, vocabulary: new Vocabulary(model) };
  }
}
