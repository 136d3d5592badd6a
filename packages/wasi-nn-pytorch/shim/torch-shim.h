// The C interface between this package and libtorch, whose own interface is C++. No exception crosses it: each function that can fail
// returns an error code of WASI-NN, and torch_shim_error() then has the text.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
#define TORCH_SHIM_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define TORCH_SHIM_EXPORT extern
#endif

// Raised when the interface changes; the package refuses a shim of another number.
#define TORCH_SHIM_INTERFACE 1

typedef struct TorchModel TorchModel;
typedef struct TorchContext TorchContext;

// Element types, by the order in which the package's table has them.
enum TorchShimType {
  TORCH_SHIM_F16,
  TORCH_SHIM_F32,
  TORCH_SHIM_F64,
  TORCH_SHIM_U8,
  TORCH_SHIM_I8,
  TORCH_SHIM_I32,
  TORCH_SHIM_I64,
  TORCH_SHIM_BOOL,
};

// A tensor of the last computation; pointers are valid until the context computes again or is freed.
typedef struct TorchShimOutput {
  int32_t type;
  int32_t rank;
  uint64_t byte_length;
  const void *data;
  const int64_t *shape;
  const char *name;
  uint64_t name_length;
} TorchShimOutput;

TORCH_SHIM_EXPORT int32_t torch_shim_interface(void);
TORCH_SHIM_EXPORT const char *torch_shim_libtorch_version(void);
// Text of the last failure in the calling thread.
TORCH_SHIM_EXPORT const char *torch_shim_error(void);
// Threads that a computation in the calling thread would use.
TORCH_SHIM_EXPORT int32_t torch_shim_threads(void);
TORCH_SHIM_EXPORT int32_t torch_shim_has_cuda(void);

TORCH_SHIM_EXPORT int32_t torch_model_load(const uint8_t *bytes, uint64_t length, int32_t cuda, TorchModel **model);
TORCH_SHIM_EXPORT void torch_model_free(TorchModel *model);

// own_types: 0 converts every output to f32, 1 keeps its element type. threads: 0 for libtorch's own number.
TORCH_SHIM_EXPORT int32_t torch_context_create(TorchModel *model, int32_t own_types, int32_t threads,
                                               TorchContext **context);
TORCH_SHIM_EXPORT int32_t torch_context_set_input(TorchContext *context, uint32_t index, int32_t type, int32_t rank,
                                                  const int64_t *shape, const uint8_t *bytes, uint64_t length);
TORCH_SHIM_EXPORT int32_t torch_context_compute(TorchContext *context);
// Text of the context's last failed computation, which may have run in another thread.
TORCH_SHIM_EXPORT const char *torch_context_error(TorchContext *context);
TORCH_SHIM_EXPORT uint32_t torch_context_output_count(TorchContext *context);
TORCH_SHIM_EXPORT int32_t torch_context_output(TorchContext *context, uint32_t index, TorchShimOutput *output);
TORCH_SHIM_EXPORT void torch_context_free(TorchContext *context);
