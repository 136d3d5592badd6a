#include "inference.h"
#include <openvino/c/openvino.h>
#include <stdlib.h>
#include <string.h>

const int model_files = 2;

struct model {
  ov_infer_request_t *request;
  ov_tensor_t *inputs[2];
};

static void must(ov_status_e status, const char *what) {
  if (status != OK) fail(what);
}

struct model *load_model(char *const *files, uint32_t inputs, const int64_t *dimensions, uint32_t rank) {
  static ov_core_t *core;
  struct model *model = calloc(1, sizeof *model);
  ov_model_t *read;
  ov_compiled_model_t *compiled;
  if (!core) must(ov_core_create(&core), "ov_core_create");
  must(ov_core_read_model(core, files[0], files[1], &read), "ov_core_read_model");
  must(ov_core_compile_model(core, read, "CPU", 4, &compiled, "INFERENCE_NUM_THREADS", "1", "INFERENCE_PRECISION_HINT",
                             "f32"),
       "ov_core_compile_model");
  must(ov_compiled_model_create_infer_request(compiled, &model->request), "ov_compiled_model_create_infer_request");
  for (uint32_t i = 0; i < inputs; i++) {
    ov_shape_t shape;
    must(ov_shape_create(rank, dimensions, &shape), "ov_shape_create");
    must(ov_tensor_create(F32, shape, &model->inputs[i]), "ov_tensor_create");
    must(ov_infer_request_set_input_tensor_by_index(model->request, i, model->inputs[i]), "set_input_tensor");
    ov_shape_free(&shape);
  }
  ov_model_free(read);
  return model;
}

void set_input(struct model *model, uint32_t index, const void *data, size_t length) {
  void *target;
  must(ov_tensor_data(model->inputs[index], &target), "ov_tensor_data");
  memcpy(target, data, length);
}

void compute(struct model *model) { must(ov_infer_request_infer(model->request), "ov_infer_request_infer"); }

size_t read_output(struct model *model, void *data, size_t most) {
  ov_tensor_t *tensor;
  size_t length;
  void *source;
  must(ov_infer_request_get_output_tensor_by_index(model->request, 0, &tensor), "get_output_tensor");
  must(ov_tensor_get_byte_size(tensor, &length), "ov_tensor_get_byte_size");
  must(ov_tensor_data(tensor, &source), "ov_tensor_data");
  if (length > most) fail("the output is too long");
  memcpy(data, source, length);
  ov_tensor_free(tensor);
  return length;
}
