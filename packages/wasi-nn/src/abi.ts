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
  /** (builders pointer, number of builders, encoding, target, where the graph goes): loads a model from the guest's bytes. */
  load: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (name pointer, name length, where the graph goes): loads a model that the host named. */
  load_by_name: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (name pointer, name length, JSON pointer, JSON length, where the graph goes): the same with settings. */
  load_by_name_with_config: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (graph, where the context goes): makes a context. */
  init_execution_context: signature(['i32', 'i32'], ['i32']),
  /** (context, index, tensor pointer): sets an input. */
  set_input: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (context): computes. */
  compute: signature(['i32'], ['i32']),
  /** (context, index, buffer pointer, buffer length, where the number of bytes goes): copies an output to the guest. */
  get_output: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** Like `get_output`, for a model that computes token by token. */
  get_output_single: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (context): computes one token. */
  compute_single: signature(['i32'], ['i32']),
  /** (context): ends computing token by token. */
  fini_single: signature(['i32'], ['i32']),
  /** (graph): releases a graph. */
  unload: signature(['i32'], ['i32']),
  /** (context): releases a context. */
  finalize_execution_context: signature(['i32'], ['i32']),
} as const;
