import type { ModelPart, ModelSource } from '@wasmedge-plugins/wasi-nn';

/** A PyTorch model: a TorchScript archive. */
export interface PyTorchSource extends ModelSource {
  /** The file that `torch.jit.save` wrote: its path or file URL, or its bytes. */
  readonly file: ModelPart;
  /** Settings of this model. Default: those of {@link PyTorchConfig}. */
  readonly config?: PyTorchConfig;
}

/** Settings of a model; a guest passes them as JSON to `load_by_name_with_config`. */
export interface PyTorchConfig {
  /**
   * `f32`: every output is converted to f32, as WasmEdge's plug-in does and guests expect. `own`: an output keeps its element type if
   * WASI-NN has it; i16 becomes i32, bf16 and quantised elements become f32. Default: `f32` for guests, `own` for `session()`.
   */
  readonly outputTypes?: 'f32' | 'own';
  /** Number of threads that a computation uses, 1 to 64. Default: libtorch's, which is the number of processor cores. */
  readonly threads?: number;
}
