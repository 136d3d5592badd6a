// What the functions that compute do with the prompt, the memory and the outputs, by the release.

#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EndOfSequence = 100, ContextFull = 101, PromptTooLong = 102 };

static Options *callOptions(Context *C) { return NEWER_THAN_0_14 ? &C->Own : &C->Of->By; }

static Cache *begin(Context *C) {
  Cache *New = NEWER_THAN_0_14 ? C->Of->Shared : createCache(C->Of->Of, contextSize(C->Of));
  New->Used = 0;
  clearOutputs(C);
  int64_t Seed = C->Of->By.Seed;
  // Any number but 0, which stays what it is.
  C->Random = (Seed < 0 ? (uint64_t)time(NULL) * 1000003 + (uint64_t)clock() : (uint64_t)Seed) * 2654435761u + 1;
  for (uint32_t I = 0; I < C->Prompt.Count && New->Used < New->Size; ++I) {
    feed(New, C->Prompt.All[I]);
  }
  C->HasPrompt = NEWER_THAN_0_14;
  return New;
}

static uint32_t problemOfPrompt(Context *C) {
  if (!C->HasPrompt || C->Of->Unloaded) {
    return InvalidArgument;
  }
  return (int64_t)C->Prompt.Count > (int64_t)contextSize(C->Of) - 4 ? PromptTooLong : Success;
}

// Takes one more token, and has the model compute on it.
static uint32_t step(Context *C, Cache *In) {
  const Llama *M = C->Of->Of;
  uint32_t Token = sample(In, &C->Of->By, C->Generated.All, C->Generated.Count, &C->Random);
  addToken(&C->Generated, Token);
  C->Piece.Length = 0;
  appendBytes(&C->Piece, M->Tokens[Token]);
  appendBytes(&C->Output, M->Tokens[Token]);
  Bytes Stop = callOptions(C)->ReversePrompt;
  // It is looked for by compute alone.
  bool Stopped = !C->IsRunning && Stop.Length > 0 && memmem(C->Output.Data, C->Output.Length, Stop.Data, Stop.Length);
  if (Stopped || Token == M->End || Token == M->TurnEnd) {
    return EndOfSequence;
  }
  if (In->Used >= In->Size) {
    return ContextFull;
  }
  feed(In, Token);
  return Success;
}

static void setVector(Context *C, const float *Last, uint32_t Count) {
  double Sum = 0;
  char Text[64];
  for (uint32_t I = 0; I < Count; ++I) {
    Sum += (double)Last[I] * (double)Last[I];
  }
  int Length = snprintf(Text, sizeof Text, "{\"n_embedding\": %u, \"embedding\": [", Count);
  appendBytes(&C->Output, (Bytes){(uint8_t *)Text, (uint32_t)Length});
  for (uint32_t I = 0; I < Count; ++I) {
    Length = snprintf(Text, sizeof Text, "%.10g%s", (double)Last[I] / sqrt(Sum), I + 1 < Count ? "," : "]}");
    appendBytes(&C->Output, (Bytes){(uint8_t *)Text, (uint32_t)Length});
  }
}

// The same prompt may be computed again, in all releases.
static uint32_t embed(Context *C) {
  bool IsTooLong = (int64_t)C->Prompt.Count > C->Of->By.BatchSize || (NEWER_THAN_0_14 && problemOfPrompt(C) == PromptTooLong);
  clearOutputs(C);
  if (IsTooLong || C->Prompt.Count > contextSize(C->Of)) {
    return IsTooLong ? (uint32_t)PromptTooLong : (uint32_t)RuntimeError;
  }
  Cache *In = begin(C);
  setVector(C, In->Last, C->Of->Of->Width);
  if (!NEWER_THAN_0_14) {
    freeCache(In);
  }
  C->HasPrompt = true;
  return Success;
}

uint32_t compute(void *Of) {
  Context *C = Of;
  uint32_t Errno = problemOfPrompt(C);
  if (Errno == InvalidArgument) {
    return Errno;
  }
  if (C->Of->By.Embedding) {
    return embed(C);
  }
  if (Errno != Success) {
    clearOutputs(C);
    return Errno;
  }
  bool WasRunning = C->IsRunning;
  C->IsRunning = false;
  Cache *In = begin(C);
  int64_t Most = callOptions(C)->MostTokens;
  for (int64_t I = 0; Errno == Success && (Most < 0 || I < Most); ++I) {
    Errno = step(C, In);
  }
  if (!NEWER_THAN_0_14) {
    freeCache(In);
    C->IsRunning = WasRunning;
  }
  return Errno == EndOfSequence ? (uint32_t)Success : Errno;
}

uint32_t computeSingle(void *Of) {
  Context *C = Of;
  if (C->Of->Unloaded) {
    return InvalidArgument;
  }
  if (!C->IsRunning) {
    uint32_t Problem = problemOfPrompt(C);
    if (Problem != Success) {
      return Problem;
    }
    C->Run = begin(C);
    C->IsRunning = true;
  }
  uint32_t Errno = step(C, C->Run);
  if (NEWER_THAN_0_14 && Errno != Success) {
    endRun(C);
  }
  return Errno;
}

uint32_t finiSingle(void *Of) {
  endRun(Of);
  clearOutputs(Of);
  return Success;
}
