// What a context has of its guest: the prompt, whose special tokens are written out, and the options.

#include "parts.h"

#include <stdlib.h>
#include <string.h>

void addToken(Tokens *To, uint32_t Token) {
  To->All = grow(To->All, To->Count, sizeof(uint32_t));
  To->All[To->Count++] = Token;
}

uint32_t createContext(void *Of, void **New) {
  Context *C = memset(allocate(NULL, sizeof(Context)), 0, sizeof(Context));
  C->Of = Of;
  C->Of->Users += 1;
  C->Own.MostTokens = C->Of->By.MostTokens;
  C->Own.ReversePrompt = copyBytes(C->Of->By.ReversePrompt.Data, C->Of->By.ReversePrompt.Length);
  *New = C;
  return Success;
}

void clearOutputs(Context *C) { C->Output.Length = C->Piece.Length = C->Generated.Count = 0; }

void endRun(Context *C) {
  C->IsRunning = false;
  if (C->Run != C->Of->Shared) {
    freeCache(C->Run);
  }
  C->Run = NULL;
}

void deleteContext(void *Of) {
  Context *C = Of;
  endRun(C);
  C->Of->Users -= 1;
  releaseGraph(C->Of);
  free(C->Own.ReversePrompt.Data), free(C->Prompt.All), free(C->Generated.All), free(C->Output.Data);
  free(C->Piece.Data), free(C);
}

// The texts of tokens that control become these tokens, everything else its bytes.
static void tokenize(Context *C, const uint8_t *Text, uint32_t Length) {
  const Llama *M = C->Of->Of;
  C->Prompt.Count = 0;
  addToken(&C->Prompt, M->Begin);
  for (uint32_t I = 0; I < Length;) {
    uint32_t Found = M->ByteTokens[Text[I]], Taken = 1;
    for (uint32_t J = 0; J < M->ControlsEnd; ++J) {
      Bytes Token = M->Tokens[J];
      if (M->Controls[J] && Token.Length <= Length - I && memcmp(Token.Data, Text + I, Token.Length) == 0) {
        Found = J;
        Taken = Token.Length;
      }
    }
    addToken(&C->Prompt, Found);
    I += Taken;
  }
}

static uint32_t setContextOptions(Context *C, Bytes Json) {
  Graph *G = C->Of;
  Options Before = G->By;
  if (!NEWER_THAN_0_14) {
    return setOptions(&G->By, Json);
  }
  // The context has its own of the calls, and those of the graph stay for contexts that come.
  G->By.ReversePrompt = (Bytes){NULL, 0};
  uint32_t Errno = setOptions(&G->By, Json);
  free(G->By.ReversePrompt.Data);
  G->By.ReversePrompt = Before.ReversePrompt;
  G->By.MostTokens = Before.MostTokens;
  setOptions(&C->Own, Json);
  if (G->By.Embedding != Before.Embedding) {
    freeCache(G->Shared);
    G->Shared = createCache(G->Of, contextSize(G));
  }
  return Errno;
}

uint32_t setInput(void *Of, uint32_t Index, const GuestTensor *T) {
  enum { OptionsIndex = 1 };
  Context *C = Of;
  const uint8_t *Data = at(T->In, T->Data, T->Length);
  if (C->Of->Unloaded) {
    return InvalidArgument;
  }
  if (Index == OptionsIndex) {
    return setContextOptions(C, (Bytes){(uint8_t *)Data, T->Length});
  }
  tokenize(C, Data, T->Length);
  C->HasPrompt = true;
  C->InputCount = C->Prompt.Count;
  if (NEWER_THAN_0_14) {
    C->Of->Shared->Used = 0;
    endRun(C);
  }
  return Success;
}
