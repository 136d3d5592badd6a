import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';

/** A TensorFlow Lite model: one `.tflite` file. */
export interface TFLiteSource extends ModelSource {
  /** The file: its path or file URL, or its bytes. */
  readonly file: ModelPart;
  /** Settings of this model. Default: those of {@link TFLiteConfig}. */
  readonly config?: TFLiteConfig;
}

/** Settings of a model; a guest passes them as JSON to `load_by_name_with_config`. */
export interface TFLiteConfig {
  /** Number of threads that a computation uses, 1 to 64; LiteRT.js always uses one. Default: 1; WasmEdge's plug-in has 2. Several are faster for large models on idle processors, and far slower on busy ones. */
  readonly threads?: number;
  /**
   * Whether an input may have a different shape than the model's: the model is then computed with that shape. LiteRT.js cannot do this. Only
   * the host may set it, and only for guests that it trusts: a shape that an operator cannot handle may end the process. Default: `false`, as
   * in WasmEdge's plug-in: a different shape is an invalid argument.
   */
  readonly resize?: boolean;
}
