// TensorFlow Lite's C library behind the stand-in of WASI-NN, which answers as the released plug-in with encoding 4: what was not set is
// computed with, and an interpreter without tensors, as that of a model with an unknown operator is, is a context whose inputs are written to
// address 0. It leaves out that a 17th graph invalidates the earlier ones, which ends the process.

#include "stand-in.h"

#include <stdlib.h>

// What is used of TensorFlow Lite's header c_api.h.
typedef struct TfLiteModel TfLiteModel;
typedef struct TfLiteInterpreterOptions TfLiteInterpreterOptions;
typedef struct TfLiteInterpreter TfLiteInterpreter;
typedef struct TfLiteTensor TfLiteTensor;
TfLiteModel *TfLiteModelCreate(const void *Data, size_t Size);
void TfLiteModelDelete(TfLiteModel *Model);
TfLiteInterpreterOptions *TfLiteInterpreterOptionsCreate(void);
void TfLiteInterpreterOptionsDelete(TfLiteInterpreterOptions *Options);
void TfLiteInterpreterOptionsSetNumThreads(TfLiteInterpreterOptions *Options, int32_t Threads);
TfLiteInterpreter *TfLiteInterpreterCreate(const TfLiteModel *Model, const TfLiteInterpreterOptions *Options);
void TfLiteInterpreterDelete(TfLiteInterpreter *Interpreter);
int TfLiteInterpreterAllocateTensors(TfLiteInterpreter *Interpreter);
int TfLiteInterpreterInvoke(TfLiteInterpreter *Interpreter);
int32_t TfLiteInterpreterGetInputTensorCount(const TfLiteInterpreter *Interpreter);
int32_t TfLiteInterpreterGetOutputTensorCount(const TfLiteInterpreter *Interpreter);
TfLiteTensor *TfLiteInterpreterGetInputTensor(const TfLiteInterpreter *Interpreter, int32_t Index);
const TfLiteTensor *TfLiteInterpreterGetOutputTensor(const TfLiteInterpreter *Interpreter, int32_t Index);
int TfLiteTensorType(const TfLiteTensor *Tensor);
int32_t TfLiteTensorNumDims(const TfLiteTensor *Tensor);
int32_t TfLiteTensorDim(const TfLiteTensor *Tensor, int32_t Index);
void *TfLiteTensorData(const TfLiteTensor *Tensor);
size_t TfLiteTensorByteSize(const TfLiteTensor *Tensor);
int TfLiteTensorCopyFromBuffer(TfLiteTensor *Tensor, const void *Data, size_t Size);
int TfLiteTensorCopyToBuffer(const TfLiteTensor *Tensor, void *Data, size_t Size);

typedef struct Graph {
  TfLiteModel *Model;
  // The model keeps using its bytes.
  Bytes Content;
} Graph;

static void deleteGraph(void *Of) {
  Graph *G = Of;
  if (G->Model != NULL) {
    TfLiteModelDelete(G->Model);
  }
  free(G->Content.Data);
  free(G);
}

static uint32_t load(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New) {
  if (Target != CpuTarget || Count != 1) {
    return InvalidArgument;
  }
  Graph *G = allocate(NULL, sizeof(Graph));
  G->Content = copyBytes(Parts[0].Data, Parts[0].Length);
  G->Model = TfLiteModelCreate(G->Content.Data, G->Content.Length);
  if (G->Model == NULL) {
    deleteGraph(G);
    return InvalidArgument;
  }
  *New = (Slot){true, G};
  return Success;
}

static uint32_t createContext(void *Of, void **New) {
  TfLiteInterpreterOptions *Options = TfLiteInterpreterOptionsCreate();
  TfLiteInterpreterOptionsSetNumThreads(Options, 2);
  TfLiteInterpreter *Interpreter = TfLiteInterpreterCreate(((Graph *)Of)->Model, Options);
  TfLiteInterpreterOptionsDelete(Options);
  if (Interpreter == NULL) {
    return Busy;
  }
  // Nobody looks at what this answers.
  TfLiteInterpreterAllocateTensors(Interpreter);
  *New = Interpreter;
  return Success;
}

static int typeOf(ElementType Type) {
  static const int Types[] = {[NoElementType] = 0, [ElementF32] = 1, [ElementI32] = 2, [ElementU8] = 3, [ElementF16] = 10};
  return Types[Type];
}

static uint32_t setInput(void *Interpreter, uint32_t Index, const GuestTensor *T) {
  if (Index >= (uint32_t)TfLiteInterpreterGetInputTensorCount(Interpreter)) {
    return InvalidArgument;
  }
  TfLiteTensor *Input = TfLiteInterpreterGetInputTensor(Interpreter, (int32_t)Index);
  if (T->Length != TfLiteTensorByteSize(Input) || T->Rank != (uint32_t)TfLiteTensorNumDims(Input)) {
    return InvalidArgument;
  }
  for (uint32_t I = 0; I < T->Rank; ++I) {
    if (readNumber(T->In, T->Dimensions + I * 4) != (uint32_t)TfLiteTensorDim(Input, (int32_t)I)) {
      return InvalidArgument;
    }
  }
  if (typeOf(T->Type) != TfLiteTensorType(Input)) {
    return InvalidArgument;
  }
  if (TfLiteTensorData(Input) == NULL) {
    endProcess();
  }
  return TfLiteTensorCopyFromBuffer(Input, at(T->In, T->Data, T->Length), T->Length) == 0 ? Success : Busy;
}

static uint32_t compute(void *Interpreter) { return TfLiteInterpreterInvoke(Interpreter) == 0 ? Success : Busy; }

static uint32_t getOutput(void *Interpreter, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most,
                          uint32_t *Written) {
  if (Index >= (uint32_t)TfLiteInterpreterGetOutputTensorCount(Interpreter)) {
    return InvalidArgument;
  }
  const TfLiteTensor *Output = TfLiteInterpreterGetOutputTensor(Interpreter, (int32_t)Index);
  *Written = (uint32_t)TfLiteTensorByteSize(Output);
  if (Most < *Written || TfLiteTensorCopyToBuffer(Output, at(M, Buffer, *Written), *Written) != 0) {
    return InvalidArgument;
  }
  return Success;
}

static void deleteContext(void *Interpreter) { TfLiteInterpreterDelete(Interpreter); }

const Backend TheBackend = {
    .Name = "tensorflowlite",
    .Encoding = 4,
    .load = load,
    .createContext = createContext,
    .setInput = setInput,
    .compute = compute,
    .getOutput = getOutput,
    .deleteContext = deleteContext,
    .deleteGraph = deleteGraph,
};
