// Reads a language model of llama's architecture from a GGUF file of version 3, with tensors of type f32 and f16, and a vocabulary of bytes as the models of
// the tests have it. Everything else is no model.

#include "gguf.h"

#include <stdlib.h>
#include <string.h>

enum { MostLayers = 64, MostTokens = 4096 };
enum { TypeU8, TypeI8, TypeU16, TypeI16, TypeU32, TypeI32, TypeF32, TypeBool, TypeText, TypeList, TypeU64, TypeI64, TypeF64 };
enum { UnknownToken = 2, ControlToken = 3 };

const uint8_t *takeBytes(Reader *R, uint64_t Length) {
  static const uint8_t Zeros[8];
  if (R->Failed || (uint64_t)(R->End - R->Next) < Length) {
    R->Failed = true;
    return Zeros;
  }
  const uint8_t *At = R->Next;
  R->Next += Length;
  return At;
}

uint32_t takeU32(Reader *R) {
  uint32_t Value;
  memcpy(&Value, takeBytes(R, 4), 4);
  return Value;
}

uint64_t takeU64(Reader *R) {
  uint64_t Value;
  memcpy(&Value, takeBytes(R, 8), 8);
  return Value;
}

Bytes takeText(Reader *R) {
  uint64_t Length = takeU64(R);
  const uint8_t *At = takeBytes(R, Length);
  return R->Failed ? (Bytes){NULL, 0} : (Bytes){(uint8_t *)At, (uint32_t)Length};
}

bool isText(Bytes A, const char *Text) { return equalBytes(A, (const uint8_t *)Text, (uint32_t)strlen(Text)); }

static void skipValue(Reader *R, uint32_t Type) {
  static const uint8_t Sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
  if (Type == TypeText) {
    takeText(R);
  } else if (Type == TypeList) {
    uint32_t Of = takeU32(R);
    uint64_t Count = takeU64(R);
    for (uint64_t I = 0; I < Count && !R->Failed && Of != TypeList; ++I) {
      skipValue(R, Of);
    }
    R->Failed = R->Failed || Of == TypeList;
  } else if (Type < sizeof Sizes) {
    takeBytes(R, Sizes[Type]);
  } else {
    R->Failed = true;
  }
}

static uint8_t digit(uint8_t Letter) { return (uint8_t)(Letter <= '9' ? Letter - '0' : Letter - 'A' + 10); }

// What a token's text stands for: a byte, a blank, or itself.
static Bytes bytesOf(Bytes Text, bool *IsByte) {
  *IsByte = Text.Length == 6 && memcmp(Text.Data, "<0x", 3) == 0;
  if (*IsByte) {
    return copyBytes(&(uint8_t){(uint8_t)(digit(Text.Data[3]) << 4 | digit(Text.Data[4]))}, 1);
  }
  return isText(Text, "\xe2\x96\x81") ? copyBytes(" ", 1) : copyBytes(Text.Data, Text.Length);
}

static void takeTokens(Reader *R, Llama *M) {
  bool AreTexts = takeU32(R) == TypeText;
  uint64_t Count = takeU64(R);
  if (!AreTexts || Count > MostTokens || M->Tokens != NULL) {
    R->Failed = true;
    return;
  }
  M->TokenCount = (uint32_t)Count;
  M->Tokens = memset(allocate(NULL, Count * sizeof(Bytes)), 0, Count * sizeof(Bytes));
  M->Controls = memset(allocate(NULL, Count), 0, Count);
  for (uint32_t I = 0; I < Count && !R->Failed; ++I) {
    bool IsByte;
    M->Tokens[I] = bytesOf(takeText(R), &IsByte);
    // The mark of a blank comes last, and goes before the byte.
    if (IsByte || isText(M->Tokens[I], " ")) {
      M->ByteTokens[M->Tokens[I].Data[0]] = I;
    }
  }
}

static void takeKinds(Reader *R, Llama *M) {
  R->Failed = R->Failed || takeU32(R) != TypeI32 || takeU64(R) != M->TokenCount;
  for (uint32_t I = 0; I < M->TokenCount && !R->Failed; ++I) {
    uint32_t Kind = takeU32(R);
    M->Controls[I] = Kind == UnknownToken || Kind == ControlToken;
    M->ControlsEnd = M->Controls[I] ? I + 1 : M->ControlsEnd;
  }
}

static void takeMember(Reader *R, Llama *M, bool *IsLlama) {
  Bytes Name = takeText(R);
  uint32_t Type = takeU32(R);
  const struct {
    const char *Name;
    void *Place;
  } Numbers[] = {
      {"llama.embedding_length", &M->Width},
      {"llama.block_count", &M->LayerCount},
      {"llama.attention.head_count", &M->Heads},
      {"llama.attention.head_count_kv", &M->KeyHeads},
      {"llama.feed_forward_length", &M->Hidden},
      {"llama.context_length", &M->TrainedContext},
      {"llama.attention.layer_norm_rms_epsilon", &M->Epsilon},
      {"llama.rope.freq_base", &M->Base},
      {"tokenizer.ggml.bos_token_id", &M->Begin},
      {"tokenizer.ggml.eos_token_id", &M->End},
      {"tokenizer.ggml.eot_token_id", &M->TurnEnd},
  };
  for (size_t I = 0; I < sizeof Numbers / sizeof Numbers[0]; ++I) {
    if (isText(Name, Numbers[I].Name) && (Type == TypeU32 || Type == TypeF32)) {
      memcpy(Numbers[I].Place, takeBytes(R, 4), 4);
      return;
    }
  }
  if (isText(Name, "general.architecture") && Type == TypeText) {
    *IsLlama = isText(takeText(R), "llama");
  } else if (isText(Name, "tokenizer.ggml.tokens") && Type == TypeList) {
    takeTokens(R, M);
  } else if (isText(Name, "tokenizer.ggml.token_type") && Type == TypeList) {
    takeKinds(R, M);
  } else {
    skipValue(R, Type);
  }
}

static bool isPossible(const Llama *M) {
  return M->Width > 0 && M->Width <= MostWidth && M->Hidden > 0 && M->Hidden <= MostWidth && M->LayerCount > 0 &&
         M->LayerCount <= MostLayers && M->Heads > 0 && M->Width % M->Heads == 0 && M->Width / M->Heads % 2 == 0 &&
         M->KeyHeads > 0 && M->Heads % M->KeyHeads == 0 && M->TokenCount > 0 && M->Begin < M->TokenCount;
}

Llama *readModel(Bytes File) {
  Reader R = {File.Data, File.Data, File.Data + File.Length, false};
  Llama *M = memset(allocate(NULL, sizeof(Llama)), 0, sizeof(Llama));
  bool IsLlama = false;
  bool Good = memcmp(takeBytes(&R, 4), "GGUF", 4) == 0 && takeU32(&R) == 3;
  uint64_t TensorCount = takeU64(&R), MemberCount = takeU64(&R);
  for (uint64_t I = 0; Good && I < MemberCount && !R.Failed; ++I) {
    takeMember(&R, M, &IsLlama);
  }
  Good = Good && !R.Failed && IsLlama && isPossible(M);
  if (Good) {
    M->Layers = memset(allocate(NULL, M->LayerCount * sizeof(Layer)), 0, M->LayerCount * sizeof(Layer));
    Good = takeTensors(&R, M, TensorCount);
  }
  if (Good) {
    return M;
  }
  freeModel(M);
  return NULL;
}

void freeModel(Llama *M) {
  for (uint32_t I = 0; M->Layers != NULL && I < M->LayerCount; ++I) {
    Layer *L = &M->Layers[I];
    float *All[] = {L->AttentionNorm, L->Query, L->Key, L->Value, L->Output, L->FeedNorm, L->Gate, L->Up, L->Down};
    for (size_t J = 0; J < sizeof All / sizeof All[0]; ++J) {
      free(All[J]);
    }
  }
  for (uint32_t I = 0; M->Tokens != NULL && I < M->TokenCount; ++I) {
    free(M->Tokens[I].Data);
  }
  free(M->Layers), free(M->Tokens), free(M->Controls), free(M->Embedding), free(M->OutputNorm), free(M);
}
