// The stand-in that needs no library: it answers as the released plug-in with PyTorch. Its model is no TorchScript but the text `sum N` with
// a digit N of 1 to 9: N inputs of type f32 and of one size, and one output, their sum, added in the order of the inputs. As upstream's, it
// does not compare the length of data with the shape, and appends the outputs of each computation to those before. It leaves out what would
// read outside the guest's memory or end the host: data ends with the memory, and a computation that throws is an invalid argument.

#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

typedef struct Tensor {
  float *Values;
  uint32_t Count;
  bool Set;
} Tensor;

typedef struct Context {
  uint32_t InputsOfModel;
  Tensor *Inputs;
  uint32_t InputCount;
  Tensor *Outputs;
  uint32_t OutputCount;
} Context;

// A graph is the number of its inputs.
static uint32_t load(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New) {
  if (Count != 1) {
    return InvalidArgument;
  }
  if (Target != CpuTarget) {
    New->Taken = Target != AutoTarget;
    return InvalidArgument;
  }
  const uint8_t *Text = Parts[0].Data;
  if (Parts[0].Length != 5 || memcmp(Text, "sum ", 4) != 0 || Text[4] < '1' || Text[4] > '9') {
    return InvalidArgument;
  }
  *New = (Slot){true, copyBytes(&(uint32_t){Text[4] - (uint32_t)'0'}, sizeof(uint32_t)).Data};
  return Success;
}

static uint32_t createContext(void *Graph, void **New) {
  Context *C = memset(allocate(NULL, sizeof(Context)), 0, sizeof(Context));
  C->InputsOfModel = *(const uint32_t *)Graph;
  *New = C;
  return Success;
}

static uint32_t setInput(void *Of, uint32_t Index, const GuestTensor *T) {
  enum { MostInputs = 1024 };
  Context *C = Of;
  if (Index >= MostInputs) {
    return InvalidArgument;
  }
  while (C->InputCount <= Index) {
    C->Inputs = grow(C->Inputs, C->InputCount, sizeof(Tensor));
    C->InputCount += 1;
  }
  if (T->Type != ElementF32) {
    return InvalidArgument;
  }
  // The shape decides how much is read, up to the end of the memory.
  uint64_t Count = 1;
  for (uint32_t I = 0; I < T->Rank && Count <= T->In.Size; ++I) {
    Count *= readNumber(T->In, T->Dimensions + I * 4);
  }
  Tensor *Input = &C->Inputs[Index];
  Input->Count = clampRange(T->In, T->Data, Count * sizeof(float)) / sizeof(float);
  Input->Values = allocate(Input->Values, Input->Count * sizeof(float));
  memcpy(Input->Values, at(T->In, T->Data, Input->Count * sizeof(float)), Input->Count * sizeof(float));
  Input->Set = true;
  return Success;
}

static uint32_t compute(void *Of) {
  Context *C = Of;
  if (C->InputCount != C->InputsOfModel) {
    return InvalidArgument;
  }
  for (uint32_t I = 0; I < C->InputCount; ++I) {
    if (!C->Inputs[I].Set || C->Inputs[I].Count != C->Inputs[0].Count) {
      return InvalidArgument;
    }
  }
  uint32_t Count = C->Inputs[0].Count;
  Tensor Sum = {memset(allocate(NULL, Count * sizeof(float)), 0, Count * sizeof(float)), Count, true};
  for (uint32_t I = 0; I < C->InputCount; ++I) {
    for (uint32_t J = 0; J < Count; ++J) {
      Sum.Values[J] += C->Inputs[I].Values[J];
    }
  }
  C->Outputs = grow(C->Outputs, C->OutputCount, sizeof(Tensor));
  C->Outputs[C->OutputCount++] = Sum;
  return Success;
}

static uint32_t getOutput(void *Of, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written) {
  const Context *C = Of;
  if (Index >= C->OutputCount) {
    return InvalidArgument;
  }
  uint32_t Length = C->Outputs[Index].Count * sizeof(float);
  *Written = Length < Most ? Length : Most;
  memcpy(at(M, Buffer, *Written), C->Outputs[Index].Values, *Written);
  return Success;
}

static void deleteTensors(Tensor *Tensors, uint32_t Count) {
  for (uint32_t I = 0; I < Count; ++I) {
    free(Tensors[I].Values);
  }
  free(Tensors);
}

static void deleteContext(void *Of) {
  Context *C = Of;
  deleteTensors(C->Inputs, C->InputCount);
  deleteTensors(C->Outputs, C->OutputCount);
  free(C);
}

const Backend TheBackend = {
    .Name = "pytorch",
    .Encoding = 3,
    .load = load,
    .createContext = createContext,
    .setInput = setInput,
    .compute = compute,
    .getOutput = getOutput,
    .deleteContext = deleteContext,
    .deleteGraph = free,
};
