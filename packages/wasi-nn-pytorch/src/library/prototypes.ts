import { koffi } from '@wasmedge-plugins/core/native';

/** A pointer as a number: the fast way through koffi. */
const pointer = 'uint64_t';
const status = 'int32_t';

/** The functions of `shim/torch-shim.h`. */
export function bindShim(path: string) {
  const library = koffi.load(path);
  return {
    interface: library.func('torch_shim_interface', status, []),
    version: library.func('torch_shim_libtorch_version', 'str', []),
    error: library.func('torch_shim_error', 'str', []),
    hasCuda: library.func('torch_shim_has_cuda', status, []),
    threads: library.func('torch_shim_threads', status, []),
    modelLoad: library.func('torch_model_load', status, ['const uint8_t *', pointer, status, pointer]),
    modelFree: library.func('torch_model_free', 'void', [pointer]),
    contextCreate: library.func('torch_context_create', status, [pointer, status, status, pointer]),
    contextSetInput: library.func('torch_context_set_input', status, [
      pointer,
      'uint32_t',
      status,
      status,
      pointer,
      'const uint8_t *',
      pointer,
    ]),
    contextCompute: library.func('torch_context_compute', status, [pointer]),
    contextError: library.func('torch_context_error', 'str', [pointer]),
    contextOutputCount: library.func('torch_context_output_count', 'uint32_t', [pointer]),
    contextOutput: library.func('torch_context_output', status, [pointer, 'uint32_t', pointer]),
    contextFree: library.func('torch_context_free', 'void', [pointer]),
  };
}

/** The bound functions. */
export type ShimFunctions = ReturnType<typeof bindShim>;
