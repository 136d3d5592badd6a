// OpenVINO's C library behind the stand-in of WASI-NN, which answers as the released plug-in with encoding 0. Up to 0.14 every input is taken
// for a picture of 224 by 224, and preprocessing for one is put into the model by every set_input; from 0.15 on the guest's shape counts. In
// both, every set_input makes a new request, data is read when the model computes, and outputs are written whole, whatever the buffer. It
// leaves out what would read or write outside the guest's memory: that is a runtime error.

#include "stand-in.h"

#include <openvino/c/openvino.h>
#include <stdlib.h>
#include <string.h>

// Runs the rest of a list of calls only while they succeed.
#define GOOD(Call) (Status = Status == OK ? (Call) : Status)

typedef struct Graph {
  ov_core_t *Core;
  ov_model_t *Model;
  ov_tensor_t *Weights;
  const char *Device;
} Graph;

typedef struct Context {
  Graph *Of;
  ov_infer_request_t *Request;
} Context;

static void deleteGraph(void *Of) {
  Graph *G = Of;
  ov_model_free(G->Model);
  ov_tensor_free(G->Weights);
  ov_core_free(G->Core);
  free(G);
}

static uint32_t load(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New) {
  if (Count != 2) {
    return InvalidArgument;
  }
  Graph *G = memset(allocate(NULL, sizeof(Graph)), 0, sizeof(Graph));
  G->Device = !NEWER_THAN_0_14 || Target == CpuTarget || Target == AutoTarget ? "CPU" : Target == GpuTarget ? "GPU" : "";
  ov_shape_t Shape = {0};
  void *Data;
  ov_status_e Status = ov_core_create(&G->Core);
  GOOD(ov_shape_create(1, (const int64_t[]){Parts[1].Length}, &Shape));
  GOOD(ov_tensor_create(U8, Shape, &G->Weights));
  GOOD(ov_tensor_data(G->Weights, &Data));
  if (Status == OK && Parts[1].Length > 0) {
    memcpy(Data, Parts[1].Data, Parts[1].Length);
  }
  GOOD(ov_core_read_model_from_memory_buffer(G->Core, (const char *)Parts[0].Data, Parts[0].Length, G->Weights,
                                             &G->Model));
  ov_shape_free(&Shape);
  if (Status != OK) {
    deleteGraph(G);
    return RuntimeError;
  }
  *New = (Slot){true, G};
  return Success;
}

static uint32_t createContext(void *Of, void **New) {
  Context *C = allocate(NULL, sizeof(Context));
  *C = (Context){Of, NULL};
  *New = C;
  return Success;
}

// Makes the model one of pictures, whose colours are the last dimension; it must have one input and one output.
static ov_status_e takePictures(Graph *G, const ov_tensor_t *Picture) {
  ov_preprocess_prepostprocessor_t *Processor = NULL;
  ov_preprocess_input_info_t *Input = NULL;
  ov_preprocess_input_tensor_info_t *InputTensor = NULL;
  ov_preprocess_preprocess_steps_t *Steps = NULL;
  ov_preprocess_input_model_info_t *InputModel = NULL;
  ov_preprocess_output_info_t *Output = NULL;
  ov_preprocess_output_tensor_info_t *OutputTensor = NULL;
  ov_layout_t *OfPicture = NULL, *OfModel = NULL;
  ov_model_t *Built = NULL;
  ov_status_e Status = ov_preprocess_prepostprocessor_create(G->Model, &Processor);
  GOOD(ov_layout_create("NHWC", &OfPicture));
  GOOD(ov_layout_create("NCHW", &OfModel));
  GOOD(ov_preprocess_prepostprocessor_get_input_info(Processor, &Input));
  GOOD(ov_preprocess_input_info_get_tensor_info(Input, &InputTensor));
  GOOD(ov_preprocess_input_tensor_info_set_from(InputTensor, Picture));
  GOOD(ov_preprocess_input_tensor_info_set_layout(InputTensor, OfPicture));
  GOOD(ov_preprocess_input_info_get_preprocess_steps(Input, &Steps));
  GOOD(ov_preprocess_preprocess_steps_resize(Steps, RESIZE_LINEAR));
  GOOD(ov_preprocess_input_info_get_model_info(Input, &InputModel));
  GOOD(ov_preprocess_input_model_info_set_layout(InputModel, OfModel));
  GOOD(ov_preprocess_prepostprocessor_get_output_info(Processor, &Output));
  GOOD(ov_preprocess_output_info_get_tensor_info(Output, &OutputTensor));
  GOOD(ov_preprocess_output_set_element_type(OutputTensor, F32));
  GOOD(ov_preprocess_prepostprocessor_build(Processor, &Built));
  if (Status == OK) {
    ov_model_free(G->Model);
    G->Model = Built;
  }
  ov_preprocess_output_tensor_info_free(OutputTensor);
  ov_preprocess_output_info_free(Output);
  ov_preprocess_input_model_info_free(InputModel);
  ov_preprocess_preprocess_steps_free(Steps);
  ov_preprocess_input_tensor_info_free(InputTensor);
  ov_preprocess_input_info_free(Input);
  ov_preprocess_prepostprocessor_free(Processor);
  ov_layout_free(OfPicture);
  ov_layout_free(OfModel);
  return Status;
}

static uint32_t setInput(void *Of, uint32_t Index, const GuestTensor *T) {
  enum { MostDimensions = 8 };
  Context *C = Of;
  Graph *G = C->Of;
  size_t Inputs;
  if (T->Rank > MostDimensions || T->Type != ElementF32 || ov_model_inputs_size(G->Model, &Inputs) != OK ||
      Index >= Inputs) {
    return InvalidArgument;
  }
  int64_t Dimensions[MostDimensions] = {1, 224, 224, 3};
  uint32_t Rank = NEWER_THAN_0_14 ? T->Rank : 4;
  for (uint32_t I = 0; NEWER_THAN_0_14 && I < Rank; ++I) {
    Dimensions[I] = readNumber(T->In, T->Dimensions + I * 4);
  }
  uint64_t Size = sizeof(float);
  for (uint32_t I = 0; I < Rank && Size <= T->In.Size; ++I) {
    Size *= (uint64_t)Dimensions[I];
  }
  if (!inside(T->In, T->Data, Size)) {
    return RuntimeError;
  }
  ov_shape_t Shape = {0};
  ov_tensor_t *Tensor = NULL;
  ov_compiled_model_t *Compiled = NULL;
  ov_infer_request_free(C->Request);
  C->Request = NULL;
  ov_status_e Status = ov_shape_create(Rank, Dimensions, &Shape);
  GOOD(ov_tensor_create_from_host_ptr(F32, Shape, at(T->In, T->Data, (uint32_t)Size), &Tensor));
  if (!NEWER_THAN_0_14) {
    GOOD(takePictures(G, Tensor));
  }
  GOOD(ov_core_compile_model(G->Core, G->Model, G->Device, 0, &Compiled));
  GOOD(ov_compiled_model_create_infer_request(Compiled, &C->Request));
  GOOD(ov_infer_request_set_input_tensor_by_index(C->Request, Index, Tensor));
  ov_compiled_model_free(Compiled);
  ov_tensor_free(Tensor);
  ov_shape_free(&Shape);
  return Status == OK ? Success : RuntimeError;
}

static uint32_t compute(void *Of) {
  Context *C = Of;
  return C->Request != NULL && ov_infer_request_infer(C->Request) == OK ? Success : RuntimeError;
}

static uint32_t getOutput(void *Of, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written) {
  (void)Most;
  Context *C = Of;
  size_t Outputs, Size;
  ov_tensor_t *Tensor = NULL;
  void *Data;
  if (ov_model_outputs_size(C->Of->Model, &Outputs) != OK || Index >= Outputs) {
    return InvalidArgument;
  }
  if (C->Request == NULL || ov_infer_request_get_output_tensor_by_index(C->Request, Index, &Tensor) != OK) {
    return RuntimeError;
  }
  bool Good =
      ov_tensor_get_byte_size(Tensor, &Size) == OK && ov_tensor_data(Tensor, &Data) == OK && inside(M, Buffer, Size);
  if (Good) {
    *Written = (uint32_t)Size;
    memcpy(at(M, Buffer, *Written), Data, *Written);
  }
  ov_tensor_free(Tensor);
  return Good ? Success : RuntimeError;
}

static void deleteContext(void *Of) {
  ov_infer_request_free(((Context *)Of)->Request);
  free(Of);
}

const Backend TheBackend = {
    .Name = "openvino",
    .Encoding = 0,
    .load = load,
    .createContext = createContext,
    .setInput = setInput,
    .compute = compute,
    .getOutput = getOutput,
    .deleteContext = deleteContext,
    .deleteGraph = deleteGraph,
};
