import { type FunctionsOf, type Prototypes, pointer } from '@wasmedge-plugins/wasi-nn/kit/native';

const status = 'int32_t';

/** The functions of `shim/torch-shim.h`. */
export const prototypes = {
  interface: ['torch_shim_interface', status, []],
  version: ['torch_shim_libtorch_version', 'str', []],
  error: ['torch_shim_error', 'str', []],
  hasCuda: ['torch_shim_has_cuda', status, []],
  threads: ['torch_shim_threads', status, []],
  modelLoad: ['torch_model_load', status, ['const uint8_t *', 'uint64_t', status, pointer]],
  modelFree: ['torch_model_free', 'void', [pointer]],
  contextCreate: ['torch_context_create', status, [pointer, status, status, pointer]],
  contextSetInput: [
    'torch_context_set_input',
    status,
    [pointer, 'uint32_t', status, status, pointer, 'const uint8_t *', 'uint64_t'],
  ],
  contextCompute: ['torch_context_compute', status, [pointer]],
  contextError: ['torch_context_error', 'str', [pointer]],
  contextOutputCount: ['torch_context_output_count', 'uint32_t', [pointer]],
  contextOutput: ['torch_context_output', status, [pointer, 'uint32_t', pointer]],
  contextFree: ['torch_context_free', 'void', [pointer]],
} as const satisfies Prototypes;

/** The bound functions. */
export type ShimFunctions = FunctionsOf<typeof prototypes>;
