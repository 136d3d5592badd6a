#include "inference.h"
#include <ATen/Parallel.h>
#include <cstring>
#include <torch/script.h>

extern "C" {

extern const int model_files = 1;

struct model {
  torch::jit::Module module;
  std::vector<at::Tensor> inputs;
  at::Tensor output;
};

struct model *load_model(char *const *files, uint32_t inputs, const int64_t *dimensions, uint32_t rank) {
  at::set_num_threads(1);
  model *made = new model{torch::jit::load(files[0]), {}, {}};
  made->module.eval();
  for (uint32_t i = 0; i < inputs; i++) made->inputs.push_back(at::empty(at::IntArrayRef(dimensions, rank)));
  return made;
}

void set_input(struct model *model, uint32_t index, const void *data, size_t length) {
  std::memcpy(model->inputs[index].data_ptr(), data, length);
}

void compute(struct model *model) {
  const torch::NoGradGuard no_gradients;
  model->output = model->module.forward({model->inputs.begin(), model->inputs.end()}).toTensor().contiguous();
}

size_t read_output(struct model *model, void *data, size_t most) {
  const size_t length = model->output.nbytes();
  if (length > most) fail("the output is too long");
  std::memcpy(data, model->output.data_ptr(), length);
  return length;
}
}
