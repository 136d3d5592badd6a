import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { AsyncExecutionContext, AsyncGraph } from '@wasmedge-plugins/wasi-nn/kit/async';
import { defaultsOf, type FilledConfig } from '../options/defaults.js';
import type { GuestConfig } from '../options/guest-options.js';
import { metadataOf } from '../options/model-metadata.js';
import { refuseOtherMedia } from '../read-config.js';
import { checkOptions } from './check-options.js';
import { LlamaExecutionContext } from './execution-context.js';
import type { LlamaState } from './llama-state.js';
import type { LoadedModel, ModelCache, ModelSettings } from './model-cache.js';
import type { ModelFile } from './model-file.js';

const bytes = (name: string): TensorInfo => ({ name, type: 'u8', shape: [-1] });

type TakenModel = LoadedModel & { release(): Promise<void> };

/** A model with the options that its contexts begin with. */
export class LlamaGraph implements AsyncGraph {
  readonly inputs: readonly TensorInfo[] = [bytes('prompt'), bytes('metadata')];
  readonly outputs: readonly TensorInfo[] = [bytes('text'), bytes('metadata')];
  /** Each context has its own options and its own memory. */
  readonly isShareable = true;
  readonly takesInputsAtOnce = true;
  readonly takesBytes = true;
  readonly #models: ModelCache;
  readonly #file: ModelFile;
  readonly #config: FilledConfig;
  readonly #model: TakenModel;

  static async load(models: ModelCache, file: ModelFile, given: GuestConfig): Promise<LlamaGraph> {
    const { state } = models;
    refuseOtherMedia(given);
    state.note(given);
    const config = { ...defaultsOf(state.options.release), ...given };
    await checkOptions(state, config);
    const model = await models.take(file, settingsOf(state, file, config));
    return new LlamaGraph(models, file, config, model);
  }

  private constructor(models: ModelCache, file: ModelFile, config: FilledConfig, model: TakenModel) {
    this.#models = models;
    this.#file = file;
    this.#config = config;
    this.#model = model;
  }

  async createContext(): Promise<AsyncExecutionContext> {
    // A context keeps the model while the graph is gone.
    const { state } = this.#models;
    const take = (config: FilledConfig) =>
      this.#models.take(this.#file, settingsOf(state, this.#file, config));
    return new LlamaExecutionContext(state, await take(this.#config), this.#config, take);
  }

  free(): Promise<void> {
    return this.#model.release();
  }
}

function settingsOf({ llama }: LlamaState, file: ModelFile, config: FilledConfig): ModelSettings {
  const layers = config['n-gpu-layers'];
  return {
    gpuLayers: llama.gpu === false ? 0 : layers === undefined || layers < 0 ? 'auto' : layers,
    useMmap: file.isMappable && config['use-mmap'] !== false,
    useMlock: config['use-mlock'] === true,
    checkTensors: config['check-tensors'] === true,
    metadata: metadataOf(config),
  };
}
