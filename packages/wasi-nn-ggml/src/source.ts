import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';
import type { GGMLConfig } from './options/config.js';

/** A language model: one GGUF file. */
export interface GGMLSource extends ModelSource {
  /** The file: its path or file URL, which is mapped to memory, or its bytes. */
  readonly file: ModelPart;
  /** Options of this model. Default: those of {@link GGMLConfig}. */
  readonly config?: GGMLConfig;
}
