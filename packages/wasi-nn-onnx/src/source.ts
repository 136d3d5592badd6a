import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';

/** An ONNX model: one `.onnx` file, and beside it the files of large tensors that it names. */
export interface ONNXSource extends ModelSource {
  /** The file: its path or file URL, or its bytes. Files that it names are read only from the folder of a path or URL. */
  readonly file: ModelPart;
  /** Settings of this model. Default: those of {@link ONNXConfig}. */
  readonly config?: ONNXConfig;
}

/** How much ONNX Runtime changes a model before it is computed; see {@link ONNXConfig.optimization}. */
export type ONNXOptimization = 'none' | 'basic' | 'extended' | 'all';

/** Settings of a model; a guest passes them as JSON to `load_by_name_with_config`. */
export interface ONNXConfig {
  /** Number of threads that a computation uses, 1 to 64; onnxruntime-web always uses one. Default: 1. Several are faster for large models on idle processors, and slower on busy ones. */
  readonly threads?: number;
  /** How much ONNX Runtime changes a model when it is loaded, so that it computes faster. Default: `all`. */
  readonly optimization?: ONNXOptimization;
  /**
   * Names of ONNX Runtime's execution providers, such as `CoreML` or `WebGPU`, the preferred one first; what none of them can compute, the processor does. Only ONNX
   * Runtime's library has them, as far as it was built with them, and only the host may name them. Default: that of the target; for `cpu` and `auto`, the processor alone.
   */
  readonly providers?: readonly string[];
}
