import { signature } from '@wasmedge-plugins/core';

/** The plug-in's WasmEdge name. */
export const nnPluginName = 'wasi_nn';

/** The wasm module that guests import the functions from. */
export const nnModuleName = 'wasi_ephemeral_nn';

/**
 * Every function of the module, with the signature that guests see. WasmEdge 0.11 to 0.13.3 have `load`, `init_execution_context`, `set_input`,
 * `compute` and `get_output`; `load_by_name` came with 0.13.4, `finalize_execution_context` with 0.15.0, the rest with 0.14.0.
 */
export const nnSignatures = {
  load: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  load_by_name: signature(['i32', 'i32', 'i32'], ['i32']),
  load_by_name_with_config: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  init_execution_context: signature(['i32', 'i32'], ['i32']),
  set_input: signature(['i32', 'i32', 'i32'], ['i32']),
  compute: signature(['i32'], ['i32']),
  get_output: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  get_output_single: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  compute_single: signature(['i32'], ['i32']),
  fini_single: signature(['i32'], ['i32']),
  unload: signature(['i32'], ['i32']),
  finalize_execution_context: signature(['i32'], ['i32']),
} as const;
