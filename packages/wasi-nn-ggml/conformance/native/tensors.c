// The weights of a model, from tensors of type f32 and f16, which must lie inside of the file and have the sizes that the model says.

#include "gguf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TensorF32 = 0, TensorF16 = 1 };

static float halfToFloat(uint16_t Half) {
  int Exponent = Half >> 10 & 31;
  float Fraction = (float)(Half & 1023) / 1024;
  float Value = Exponent == 0 ? ldexpf(Fraction, -14) : ldexpf(1 + Fraction, Exponent - 15);
  return Half >> 15 ? -Value : Value;
}

// A tensor's values, or NULL if its size is another, or a part lies outside.
static float *takeTensor(const Reader *File, const uint8_t *Data, uint32_t Type, uint64_t Offset, uint64_t Count) {
  uint64_t Size = Count * (Type == TensorF16 ? 2 : 4);
  uint64_t Left = (uint64_t)(File->End - Data);
  if (Type > TensorF16 || Offset > Left || Size > Left - Offset) {
    return NULL;
  }
  float *Values = allocate(NULL, Count * sizeof(float));
  for (uint64_t I = 0; I < Count; ++I) {
    uint16_t Half;
    if (Type == TensorF16) {
      memcpy(&Half, Data + Offset + I * 2, 2);
      Values[I] = halfToFloat(Half);
    } else {
      memcpy(&Values[I], Data + Offset + I * 4, 4);
    }
  }
  return Values;
}

typedef struct Wanted {
  char Name[48];
  uint64_t Count;
  float **Place;
} Wanted;

static uint32_t wantedOf(Llama *M, Wanted *Out) {
  uint64_t Width = M->Width, Hidden = M->Hidden, Keys = Width / M->Heads * M->KeyHeads;
  uint32_t Count = 0;
  Out[Count++] = (Wanted){"token_embd.weight", M->TokenCount * Width, &M->Embedding};
  Out[Count++] = (Wanted){"output_norm.weight", Width, &M->OutputNorm};
  for (uint32_t I = 0; I < M->LayerCount; ++I) {
    Layer *L = &M->Layers[I];
    const struct {
      const char *Name;
      uint64_t Count;
      float **Place;
    } Parts[] = {
        {"attn_norm", Width, &L->AttentionNorm}, {"attn_q", Width * Width, &L->Query},
        {"attn_k", Keys * Width, &L->Key},       {"attn_v", Keys * Width, &L->Value},
        {"attn_output", Width * Width, &L->Output}, {"ffn_norm", Width, &L->FeedNorm},
        {"ffn_gate", Hidden * Width, &L->Gate},  {"ffn_up", Hidden * Width, &L->Up},
        {"ffn_down", Hidden * Width, &L->Down},
    };
    for (size_t J = 0; J < sizeof Parts / sizeof Parts[0]; ++J, ++Count) {
      snprintf(Out[Count].Name, sizeof Out[Count].Name, "blk.%u.%s.weight", I, Parts[J].Name);
      Out[Count].Count = Parts[J].Count;
      Out[Count].Place = Parts[J].Place;
    }
  }
  return Count;
}

bool takeTensors(Reader *R, Llama *M, uint64_t TensorCount) {
  enum { Alignment = 32, MostDimensions = 4, MostTensors = 1024 };
  Wanted *All = allocate(NULL, (2 + 9 * (size_t)M->LayerCount) * sizeof(Wanted));
  uint32_t WantedCount = wantedOf(M, All);
  const uint8_t *Infos = R->Next;
  // Their places are told before the data begins, so that it takes two rounds.
  const uint8_t *Data = NULL;
  for (int Round = 0; Round < 2; ++Round) {
    R->Next = Infos;
    for (uint64_t I = 0; I < TensorCount && I < MostTensors && !R->Failed; ++I) {
      Bytes Name = takeText(R);
      uint32_t Dimensions = takeU32(R);
      uint64_t Count = 1;
      for (uint32_t J = 0; J < Dimensions && Dimensions <= MostDimensions; ++J) {
        uint64_t Size = takeU64(R);
        R->Failed = R->Failed || Size > MostWidth * (uint64_t)MostWidth;
        Count *= R->Failed ? 1 : Size;
      }
      uint32_t Type = takeU32(R);
      uint64_t Offset = takeU64(R);
      for (uint32_t J = 0; J < WantedCount && Round == 1; ++J) {
        if (isText(Name, All[J].Name) && Count == All[J].Count && *All[J].Place == NULL) {
          *All[J].Place = takeTensor(R, Data, Type, Offset, Count);
        }
      }
    }
    size_t Place = ((size_t)(R->Next - R->Start) + Alignment - 1) / Alignment * Alignment;
    Data = Place > (size_t)(R->End - R->Start) ? R->End : R->Start + Place;
  }
  bool Good = !R->Failed;
  for (uint32_t J = 0; J < WantedCount; ++J) {
    Good = Good && *All[J].Place != NULL;
  }
  free(All);
  return Good;
}
