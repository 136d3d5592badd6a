// llama.cpp behind the stand-in of WASI-NN, which answers as the released plug-in with encoding 6. Up to 0.14 a prompt is used up by what computes it, each computation has
// a memory of its own, and 512 tokens are the default of contexts and outputs; from 0.15 on a prompt stays, the contexts of a graph share its memory, which is as
// long as the model was trained for (as in 0.17), and a run ends where its text does. Outputs are written whole, whatever the buffer. It leaves out what
// reads or writes outside of memory: that is an error, or nothing. Models of guests are read from memory, where upstream writes them to a file.

#include "parts.h"

#include <stdio.h>
#include <string.h>

static uint32_t give(Bytes What, Memory M, uint32_t Buffer, uint32_t *Written) {
  if (!inside(M, Buffer, What.Length)) {
    return RuntimeError;
  }
  memcpy(at(M, Buffer, What.Length), What.Data == NULL ? (const uint8_t *)"" : What.Data, What.Length);
  *Written = What.Length;
  return Success;
}

static uint32_t giveOutput(Context *C, Bytes What, uint32_t Index, Memory M, uint32_t Buffer, uint32_t *Written) {
  enum { MetadataIndex = 1 };
  char Text[160];
  if (Index == MetadataIndex) {
    int Length = snprintf(Text, sizeof Text,
                          "{\"input_tokens\": %u, \"output_tokens\": %u, \"llama_build_number\": %u, \"llama_commit\": \"%s\"}",
                          C->InputCount, C->Generated.Count, NEWER_THAN_0_14 ? 8757 : 3651, "stand-in");
    What = (Bytes){(uint8_t *)Text, (uint32_t)Length};
  }
  return give(What, M, Buffer, Written);
}

static uint32_t getOutput(void *Of, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written) {
  (void)Most;
  return giveOutput(Of, ((Context *)Of)->Output, Index, M, Buffer, Written);
}

static uint32_t getOutputSingle(void *Of, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written) {
  (void)Most;
  return giveOutput(Of, ((Context *)Of)->Piece, Index, M, Buffer, Written);
}

const Backend TheBackend = {
    .Name = "ggml",
    .Encoding = 6,
    .TakesConfig = true,
    .TakesPath = true,
    .Frees = true,
    .load = load,
    .createContext = createContext,
    .setInput = setInput,
    .compute = compute,
    .getOutput = getOutput,
    .computeSingle = computeSingle,
    .getOutputSingle = getOutputSingle,
    .finiSingle = finiSingle,
    .deleteContext = deleteContext,
    .deleteGraph = deleteGraph,
};
