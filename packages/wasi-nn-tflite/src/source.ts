import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';

/** A model of TensorFlow Lite: one `.tflite` file. */
export interface TFLiteSource extends ModelSource {
  /** The file: its path or file URL, or its bytes. */
  readonly file: ModelPart;
  /** Settings of this model. Default: those of {@link TFLiteConfig}. */
  readonly config?: TFLiteConfig;
}

/** Settings of a model; a guest gives them as JSON to `load_by_name_with_config`. */
export interface TFLiteConfig {
  /** Number of threads that a computation uses, 1 to 64; LiteRT.js has one, whatever this says. Default: 2, as in WasmEdge's plug-in. */
  readonly threads?: number;
  /**
   * Whether an input may come in another shape than the model has: the model is then computed with that shape. LiteRT.js cannot do this. Only
   * the host may set it, and for guests that it trusts: a shape that an operator cannot compute with may end the process. Default: `false`, as
   * in WasmEdge's plug-in: another shape is an invalid argument.
   */
  readonly resize?: boolean;
  readonly [name: string]: unknown;
}
