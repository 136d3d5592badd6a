// libtorch behind the stand-in of WASI-NN, which answers as the released plug-in with encoding 3: the length of data is not compared with the
// shape, a gap in the list of inputs shows when it computes, outputs of each computation are appended to those before. libtorch is called
// through this package's shim, so outputs are in order, a dict is taken, and quantised and sparse outputs, which end the host there, are given. An
// archive that libtorch cannot read, a nested result and None in a tuple end the process. It leaves out what would read outside the guest's
// memory or take memory without end, and what a model throws for a wrong shape: those are invalid arguments.

#include "stand-in.h"

#include "torch-shim.h"
#include <stdlib.h>
#include <string.h>

typedef struct Context {
  TorchContext *Of;
  bool *IsSet;
  uint32_t InputCount;
  Bytes *Outputs;
  uint32_t OutputCount;
} Context;

static bool isArchive(Bytes Part) { return Part.Length >= 4 && memcmp(Part.Data, "PK\3\4", 4) == 0; }

static uint32_t load(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New) {
  if (Count != 1) {
    return InvalidArgument;
  }
  if (Target != CpuTarget && !(Target == GpuTarget && torch_shim_has_cuda())) {
    New->Taken = Target != AutoTarget;
    return InvalidArgument;
  }
  TorchModel *Model;
  if (torch_model_load(Parts[0].Data, Parts[0].Length, Target == GpuTarget, &Model) != 0) {
    if (isArchive(Parts[0]) && strstr(torch_shim_error(), "zip archive") != NULL) {
      endProcess();
    }
    return InvalidArgument;
  }
  *New = (Slot){true, Model};
  return Success;
}

static uint32_t createContext(void *Graph, void **New) {
  Context *C = memset(allocate(NULL, sizeof(Context)), 0, sizeof(Context));
  if (torch_context_create(Graph, 0, 0, &C->Of) != 0) {
    free(C);
    return InvalidArgument;
  }
  *New = C;
  return Success;
}

static uint32_t setInput(void *Of, uint32_t Index, const GuestTensor *T) {
  enum { MostInputs = 1024, MostDimensions = 64 };
  Context *C = Of;
  if (Index >= MostInputs || T->Rank > MostDimensions) {
    return InvalidArgument;
  }
  while (C->InputCount <= Index) {
    C->IsSet = grow(C->IsSet, C->InputCount, sizeof(bool));
    C->InputCount += 1;
  }
  if (T->Type != ElementF32) {
    return InvalidArgument;
  }
  int64_t Shape[MostDimensions];
  uint64_t Size = sizeof(float);
  for (uint32_t I = 0; I < T->Rank; ++I) {
    Shape[I] = readNumber(T->In, T->Dimensions + I * 4);
    Size = Size > T->In.Size ? Size : Size * (uint64_t)Shape[I];
  }
  if (!inside(T->In, T->Data, Size) ||
      torch_context_set_input(C->Of, Index, TORCH_SHIM_F32, (int32_t)T->Rank, Shape, at(T->In, T->Data, (uint32_t)Size),
                              Size) != 0) {
    return InvalidArgument;
  }
  C->IsSet[Index] = true;
  return Success;
}

// What is nested has a name of several parts. A dict would not be taken either, but looks as a named tuple does.
static bool isNested(const TorchShimOutput *Output) {
  return Output->name_length > 0 && memchr(Output->name, '.', Output->name_length) != NULL;
}

static uint32_t compute(void *Of) {
  Context *C = Of;
  for (uint32_t I = 0; I < C->InputCount; ++I) {
    if (!C->IsSet[I]) {
      return InvalidArgument;
    }
  }
  if (C->InputCount == 0) {
    return InvalidArgument;
  }
  if (torch_context_compute(C->Of) != 0) {
    if (strstr(torch_context_error(C->Of), "gives None") != NULL) {
      endProcess();
    }
    return InvalidArgument;
  }
  uint32_t Count = torch_context_output_count(C->Of);
  TorchShimOutput Output;
  for (uint32_t I = 0; I < Count; ++I) {
    if (torch_context_output(C->Of, I, &Output) != 0) {
      return InvalidArgument;
    }
    if (isNested(&Output)) {
      endProcess();
    }
  }
  for (uint32_t I = 0; I < Count; ++I) {
    torch_context_output(C->Of, I, &Output);
    C->Outputs = grow(C->Outputs, C->OutputCount, sizeof(Bytes));
    C->Outputs[C->OutputCount++] = copyBytes(Output.data, (uint32_t)Output.byte_length);
  }
  return Success;
}

static uint32_t getOutput(void *Of, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written) {
  const Context *C = Of;
  if (Index >= C->OutputCount) {
    return InvalidArgument;
  }
  const Bytes *Output = &C->Outputs[Index];
  *Written = Output->Length < Most ? Output->Length : Most;
  if (*Written > 0) {
    memcpy(at(M, Buffer, *Written), Output->Data, *Written);
  }
  return Success;
}

static void deleteContext(void *Of) {
  Context *C = Of;
  torch_context_free(C->Of);
  for (uint32_t I = 0; I < C->OutputCount; ++I) {
    free(C->Outputs[I].Data);
  }
  free(C->Outputs);
  free(C->IsSet);
  free(C);
}

static void deleteGraph(void *Graph) { torch_model_free(Graph); }

const Backend TheBackend = {
    .Name = "pytorch",
    .Encoding = 3,
    .load = load,
    .createContext = createContext,
    .setInput = setInput,
    .compute = compute,
    .getOutput = getOutput,
    .deleteContext = deleteContext,
    .deleteGraph = deleteGraph,
};
