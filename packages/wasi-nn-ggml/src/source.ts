import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';
import type { GuestConfig } from './options/guest-options.js';

/** A language model: one GGUF file. */
export interface GGMLSource extends ModelSource {
  /** The file: its path or file URL, which is mapped to memory, or its bytes. */
  readonly file: ModelPart;
  /** Options of this model. Default: those of {@link GGMLConfig}. */
  readonly config?: GGMLConfig;
}

/**
 * Options of a model, with the names that guests use in the JSON of `load_by_name_with_config`; a guest's own come instead of these. The README has a table of what each
 * does, and of its default.
 */
export type GGMLConfig = GuestConfig;
