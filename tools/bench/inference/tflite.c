#include "inference.h"
#include <string.h>
#include <tensorflow/lite/c/c_api.h>

const int model_files = 1;

/* The interpreter is all that a model needs later. */
static TfLiteInterpreter *interpreter(struct model *model) { return (TfLiteInterpreter *)model; }

struct model *load_model(char *const *files, uint32_t inputs, const int64_t *dimensions, uint32_t rank) {
  (void)inputs, (void)dimensions, (void)rank;
  TfLiteModel *model = TfLiteModelCreateFromFile(files[0]);
  if (!model) fail("TfLiteModelCreateFromFile");
  TfLiteInterpreterOptions *options = TfLiteInterpreterOptionsCreate();
  TfLiteInterpreterOptionsSetNumThreads(options, 1);
  TfLiteInterpreter *made = TfLiteInterpreterCreate(model, options);
  if (!made || TfLiteInterpreterAllocateTensors(made) != kTfLiteOk) fail("TfLiteInterpreterCreate");
  return (struct model *)made;
}

void set_input(struct model *model, uint32_t index, const void *data, size_t length) {
  TfLiteTensor *tensor = TfLiteInterpreterGetInputTensor(interpreter(model), (int32_t)index);
  if (TfLiteTensorCopyFromBuffer(tensor, data, length) != kTfLiteOk) fail("TfLiteTensorCopyFromBuffer");
}

void compute(struct model *model) {
  if (TfLiteInterpreterInvoke(interpreter(model)) != kTfLiteOk) fail("TfLiteInterpreterInvoke");
}

size_t read_output(struct model *model, void *data, size_t most) {
  const TfLiteTensor *tensor = TfLiteInterpreterGetOutputTensor(interpreter(model), 0);
  size_t length = TfLiteTensorByteSize(tensor);
  if (length > most) fail("the output is too long");
  if (TfLiteTensorCopyToBuffer(tensor, data, length) != kTfLiteOk) fail("TfLiteTensorCopyToBuffer");
  return length;
}
