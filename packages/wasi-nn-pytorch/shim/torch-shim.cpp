#include "torch-shim.h"

#include "deep-stack.h"
#include "memory-stream.h"
#include "restrict.h"

#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/script.h>
#include <torch/version.h>

#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace {

// Error codes of WASI-NN.
constexpr int32_t success = 0;
constexpr int32_t invalid_argument = 1;
constexpr int32_t runtime_error = 5;
constexpr int32_t unsupported_operation = 6;
constexpr int32_t too_large = 7;

// More than a function of TorchScript is ever given; bounds what a guest's index makes this process allocate.
constexpr uint32_t most_inputs = 1024;
constexpr int most_nesting = 32;

// libtorch profiles a first computation and optimises in the second; one more in reserve.
constexpr int computations_that_optimise = 3;

thread_local std::string last_error;

// A failure whose error code is known.
struct Failure {
  int32_t code;
  std::string text;
};

template <typename Work> int32_t guarded(std::string &text, int32_t otherwise, Work work) noexcept {
  try {
    try {
      work();
      return success;
    } catch (const Failure &failure) {
      text = failure.text;
      return failure.code;
    } catch (const c10::Error &error) {
      text = error.what_without_backtrace();
      return otherwise;
    } catch (const std::bad_alloc &) {
      text = "no memory is left";
      return too_large;
    } catch (const std::exception &error) {
      text = error.what();
      return otherwise;
    }
  } catch (...) {
    // Something that is not a std::exception, or no memory for the text itself.
    text.clear();
    return otherwise;
  }
}

const at::ScalarType scalar_types[] = {at::kHalf, at::kFloat, at::kDouble, at::kByte,
                                       at::kChar, at::kInt,   at::kLong,   at::kBool};
constexpr int32_t type_count = sizeof(scalar_types) / sizeof(scalar_types[0]);

int32_t type_number(at::ScalarType type) {
  for (int32_t number = 0; number < type_count; number++) {
    if (scalar_types[number] == type) return number;
  }
  return -1;
}

// The element type in which an output is given to a guest.
at::ScalarType output_type(at::ScalarType type, bool own_types) {
  if (c10::isComplexType(type)) {
    throw Failure{unsupported_operation, "an output has complex elements, which WASI-NN does not have"};
  }
  if (!own_types) return at::kFloat;
  if (type_number(type) != -1) return type;
  if (type == at::kShort) return at::kInt;
  return c10::isIntegralType(type, false) ? at::kLong : at::kFloat;
}

struct Output {
  std::string name;
  at::Tensor tensor;
};

void add_output(const at::Tensor &tensor, const std::string &name, bool own_types, std::vector<Output> &outputs) {
  if (!tensor.defined()) throw Failure{invalid_argument, "the model gives None where an output should be"};
  at::Tensor plain = tensor.is_quantized() ? tensor.dequantize() : tensor;
  if (plain.layout() != at::kStrided) plain = plain.to_dense();
  const at::ScalarType type = output_type(plain.scalar_type(), own_types);
  plain = plain.resolve_conj().resolve_neg().to(at::kCPU, type);
  // Row-major, whatever the order in storage: a transposed view, or channels last.
  outputs.push_back({name, plain.contiguous(at::MemoryFormat::Contiguous)});
}

std::string join(const std::string &path, const std::string &name) { return path.empty() ? name : path + "." + name; }

std::string key_text(const c10::IValue &key) {
  if (key.isString()) return key.toStringRef();
  if (key.isInt()) return std::to_string(key.toInt());
  throw Failure{invalid_argument, "the model gives a dict whose keys are neither text nor whole numbers"};
}

// A result may be a tensor, or tuples, lists and dicts of results.
void flatten(const c10::IValue &value, const std::string &path, int nesting, bool own_types,
             std::vector<Output> &outputs) {
  if (nesting > most_nesting) throw Failure{invalid_argument, "the model's result is nested too deeply"};
  if (value.isTensor()) {
    add_output(value.toTensor(), path.empty() ? "0" : path, own_types, outputs);
  } else if (value.isTuple()) {
    const auto tuple = value.toTuple();
    const auto type = tuple->type<c10::TupleType>();
    const auto &schema = type->schema();
    const auto &elements = tuple->elements();
    for (size_t index = 0; index < elements.size(); index++) {
      const std::string name = schema ? schema->arguments()[index].name() : std::to_string(index);
      flatten(elements[index], join(path, name), nesting + 1, own_types, outputs);
    }
  } else if (value.isList()) {
    const auto list = value.toListRef().vec();
    for (size_t index = 0; index < list.size(); index++) {
      flatten(list[index], join(path, std::to_string(index)), nesting + 1, own_types, outputs);
    }
  } else if (value.isGenericDict()) {
    for (const auto &entry : value.toGenericDict()) {
      flatten(entry.value(), join(path, key_text(entry.key())), nesting + 1, own_types, outputs);
    }
  } else {
    throw Failure{invalid_argument, "the model gives " + value.tagKind() + ", which is neither a tensor nor a collection of tensors"};
  }
}

int default_threads() {
  static const int threads = at::get_num_threads();
  return threads;
}

} // namespace

struct TorchModel {
  torch::jit::Module module;
  at::Device device;
};

struct TorchContext {
  torch::jit::Module module;
  at::Device device;
  bool own_types;
  int threads;
  int computations;
  std::string error;
  std::vector<at::Tensor> inputs;
  std::vector<Output> outputs;
};

int32_t torch_shim_interface() { return TORCH_SHIM_INTERFACE; }

const char *torch_shim_libtorch_version() { return TORCH_VERSION; }

const char *torch_shim_error() { return last_error.c_str(); }

int32_t torch_shim_threads() { return at::get_num_threads(); }

int32_t torch_shim_has_cuda() {
  bool available = false;
  guarded(last_error, runtime_error, [&] { available = torch::cuda::is_available(); });
  return available ? 1 : 0;
}

int32_t torch_model_load(const uint8_t *bytes, uint64_t length, int32_t cuda, TorchModel **model) {
  default_threads();
  std::string &text = last_error;
  int32_t code = runtime_error;
  on_deep_stack([&] {
    code = guarded(text, invalid_argument, [&] {
      restrict_torchscript();
      const at::Device device = cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
      MemoryStream stream(bytes, length);
      torch::jit::Module module = torch::jit::load(stream, device);
      if (!module.find_method("forward")) throw Failure{invalid_argument, "the model has no method forward"};
      *model = new TorchModel{std::move(module), device};
    });
  });
  return code;
}

void torch_model_free(TorchModel *model) {
  guarded(last_error, runtime_error, [&] { delete model; });
}

int32_t torch_context_create(TorchModel *model, int32_t own_types, int32_t threads, TorchContext **context) {
  return guarded(last_error, runtime_error, [&] {
    const int wanted = threads > 0 ? threads : default_threads();
    *context = new TorchContext{model->module, model->device, own_types != 0, wanted, 0, {}, {}, {}};
  });
}

int32_t torch_context_set_input(TorchContext *context, uint32_t index, int32_t type, int32_t rank,
                                const int64_t *shape, const uint8_t *bytes, uint64_t length) {
  return guarded(last_error, invalid_argument, [&] {
    if (index >= most_inputs) throw Failure{invalid_argument, "a model has 1024 inputs at most"};
    if (type < 0 || type >= type_count) throw Failure{invalid_argument, "there is no such element type"};
    const at::IntArrayRef sizes(shape, rank);
    const at::ScalarType scalar = scalar_types[type];
    at::Tensor tensor = index < context->inputs.size() ? context->inputs[index] : at::Tensor();
    // Two hold it: this variable and the list. More would mean that a result or the model itself still sees its memory.
    const bool reusable = tensor.defined() && tensor.scalar_type() == scalar && tensor.sizes() == sizes &&
                          tensor.is_contiguous() && tensor.use_count() == 2 && tensor.storage().use_count() == 1;
    if (!reusable) tensor = at::empty(sizes, at::TensorOptions().dtype(scalar));
    if (tensor.nbytes() != length) throw Failure{invalid_argument, "the data does not have the length of the shape"};
    uint8_t *target = static_cast<uint8_t *>(tensor.data_ptr());
    if (scalar == at::kBool) {
      for (uint64_t offset = 0; offset < length; offset++) target[offset] = bytes[offset] != 0;
    } else if (length > 0) {
      std::memcpy(target, bytes, length);
    }
    if (index >= context->inputs.size()) context->inputs.resize(index + 1);
    context->inputs[index] = std::move(tensor);
  });
}

int32_t torch_context_compute(TorchContext *context) {
  context->outputs.clear();
  int32_t code = runtime_error;
  const auto compute = [&] {
    code = guarded(context->error, runtime_error, [&] {
      if (context->inputs.empty()) throw Failure{invalid_argument, "no input was set"};
      std::vector<c10::IValue> inputs;
      for (const at::Tensor &tensor : context->inputs) {
        if (!tensor.defined()) {
          throw Failure{invalid_argument, "the input " + std::to_string(inputs.size()) + " was not set"};
        }
        inputs.emplace_back(context->device.is_cpu() ? tensor : tensor.to(context->device));
      }
      // The number belongs to the thread that computes.
      if (at::get_num_threads() != context->threads) at::set_num_threads(context->threads);
      const torch::NoGradGuard no_gradients;
      const c10::IValue result = context->module.forward(std::move(inputs));
      flatten(result, "", 0, context->own_types, context->outputs);
    });
  };
  // A module is optimised when it first computes.
  if (context->computations < computations_that_optimise) {
    context->computations++;
    on_deep_stack(compute);
  } else {
    compute();
  }
  if (code != success) context->outputs.clear();
  return code;
}

const char *torch_context_error(TorchContext *context) { return context->error.c_str(); }

uint32_t torch_context_output_count(TorchContext *context) { return static_cast<uint32_t>(context->outputs.size()); }

int32_t torch_context_output(TorchContext *context, uint32_t index, TorchShimOutput *output) {
  return guarded(last_error, runtime_error, [&] {
    if (index >= context->outputs.size()) {
      throw Failure{invalid_argument, "the computation gave " + std::to_string(context->outputs.size()) +
                                          " outputs, and no output " + std::to_string(index)};
    }
    const Output &found = context->outputs[index];
    *output = TorchShimOutput{type_number(found.tensor.scalar_type()),
                              static_cast<int32_t>(found.tensor.dim()),
                              static_cast<uint64_t>(found.tensor.nbytes()),
                              found.tensor.data_ptr(),
                              found.tensor.sizes().data(),
                              found.name.data(),
                              found.name.size()};
  });
}

void torch_context_free(TorchContext *context) {
  guarded(last_error, runtime_error, [&] { delete context; });
}
