// What a model of llama's architecture computes, a token at a time, in 32 bits: as the forward pass in NumPy that the expected answers come from. Of
// llama.cpp's ways of choosing a token it has the likeliest one, the temperature and the penalty of repetitions; it leaves out top-k, top-p and min-p.

#include "parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Rows by columns, as the file has them.
static void multiply(const float *Matrix, const float *Vector, uint32_t Rows, uint32_t Columns, float *Out) {
  for (uint32_t I = 0; I < Rows; ++I) {
    float Sum = 0;
    for (uint32_t J = 0; J < Columns; ++J) {
      Sum += Matrix[(size_t)I * Columns + J] * Vector[J];
    }
    Out[I] = Sum;
  }
}

static void normalize(const float *In, const float *Weight, uint32_t Count, float Epsilon, float *Out) {
  float Sum = 0;
  for (uint32_t I = 0; I < Count; ++I) {
    Sum += In[I] * In[I];
  }
  float Scale = 1 / sqrtf(Sum / (float)Count + Epsilon);
  for (uint32_t I = 0; I < Count; ++I) {
    Out[I] = In[I] * Scale * Weight[I];
  }
}

// Turns each pair of neighbours by an angle that grows with the position.
static void turn(float *Heads, uint32_t Count, uint32_t Size, uint32_t Position, float Base) {
  for (uint32_t I = 0; I < Count; ++I) {
    for (uint32_t J = 0; J < Size; J += 2) {
      float Angle = (float)Position * powf(Base, -(float)J / (float)Size);
      float *Pair = Heads + I * Size + J, Even = Pair[0], Odd = Pair[1];
      Pair[0] = Even * cosf(Angle) - Odd * sinf(Angle);
      Pair[1] = Even * sinf(Angle) + Odd * cosf(Angle);
    }
  }
}

static void toShares(float *Scores, uint32_t Count) {
  float Most = Scores[0], Sum = 0;
  for (uint32_t I = 1; I < Count; ++I) {
    Most = fmaxf(Most, Scores[I]);
  }
  for (uint32_t I = 0; I < Count; ++I) {
    Scores[I] = expf(Scores[I] - Most);
    Sum += Scores[I];
  }
  for (uint32_t I = 0; I < Count; ++I) {
    Scores[I] /= Sum;
  }
}

static uint32_t keyWidth(const Llama *M) { return M->Width / M->Heads * M->KeyHeads; }

Cache *createCache(const Llama *Of, uint32_t Size) {
  size_t Cells = (size_t)Size * Of->LayerCount * keyWidth(Of) * sizeof(float);
  Cache *New = allocate(NULL, sizeof(Cache));
  *New = (Cache){Of, Size, 0, allocate(NULL, Cells), allocate(NULL, Cells), allocate(NULL, Of->Width * sizeof(float))};
  return New;
}

void freeCache(Cache *C) {
  if (C != NULL) {
    free(C->Keys), free(C->Values), free(C->Last), free(C);
  }
}

static void attend(const Cache *C, size_t Start, const float *Query, float *Scores, float *Out) {
  const Llama *M = C->Of;
  uint32_t Keys = keyWidth(M), Size = M->Width / M->Heads;
  for (uint32_t Head = 0; Head < M->Heads; ++Head) {
    size_t Shared = Start + (size_t)(Head * M->KeyHeads / M->Heads) * Size;
    for (uint32_t I = 0; I <= C->Used; ++I) {
      multiply(C->Keys + Shared + (size_t)I * Keys, Query + Head * Size, 1, Size, &Scores[I]);
      Scores[I] /= sqrtf((float)Size);
    }
    toShares(Scores, C->Used + 1);
    for (uint32_t J = 0; J < Size; ++J) {
      float Sum = 0;
      for (uint32_t I = 0; I <= C->Used; ++I) {
        Sum += Scores[I] * C->Values[Shared + (size_t)I * Keys + J];
      }
      Out[Head * Size + J] = Sum;
    }
  }
}

static void add(float *To, const float *What, uint32_t Count) {
  for (uint32_t I = 0; I < Count; ++I) {
    To[I] += What[I];
  }
}

void feed(Cache *C, uint32_t Token) {
  const Llama *M = C->Of;
  uint32_t Width = M->Width, Keys = keyWidth(M), Size = Width / M->Heads, Hidden = M->Hidden;
  float *X = allocate(NULL, (Width * 4 + Hidden * 2 + (size_t)C->Size) * sizeof(float));
  float *Y = X + Width, *Query = Y + Width, *Mixed = Query + Width, *Gate = Mixed + Width, *Up = Gate + Hidden;
  float *Scores = Up + Hidden;
  memcpy(X, M->Embedding + (size_t)Token * Width, Width * sizeof(float));
  for (uint32_t I = 0; I < M->LayerCount; ++I) {
    const Layer *L = &M->Layers[I];
    size_t Start = (size_t)I * C->Size * Keys, Here = Start + (size_t)C->Used * Keys;
    normalize(X, L->AttentionNorm, Width, M->Epsilon, Y);
    multiply(L->Query, Y, Width, Width, Query);
    multiply(L->Key, Y, Keys, Width, C->Keys + Here);
    multiply(L->Value, Y, Keys, Width, C->Values + Here);
    turn(Query, M->Heads, Size, C->Used, M->Base);
    turn(C->Keys + Here, M->KeyHeads, Size, C->Used, M->Base);
    attend(C, Start, Query, Scores, Mixed);
    multiply(L->Output, Mixed, Width, Width, Y);
    add(X, Y, Width);
    normalize(X, L->FeedNorm, Width, M->Epsilon, Y);
    multiply(L->Gate, Y, Hidden, Width, Gate);
    multiply(L->Up, Y, Hidden, Width, Up);
    for (uint32_t J = 0; J < Hidden; ++J) {
      Gate[J] = Gate[J] / (1 + expf(-Gate[J])) * Up[J];
    }
    multiply(L->Down, Gate, Width, Hidden, Y);
    add(X, Y, Width);
  }
  normalize(X, M->OutputNorm, Width, M->Epsilon, C->Last);
  C->Used += 1;
  free(X);
}

// A share of 1, by xorshift.
static float chance(uint64_t *Random) {
  *Random ^= *Random << 13;
  *Random ^= *Random >> 7;
  *Random ^= *Random << 17;
  return (float)(*Random >> 40) / (float)(1 << 24);
}

uint32_t sample(const Cache *C, const Options *By, const uint32_t *Generated, uint32_t Count, uint64_t *Random) {
  enum { Window = 64 };
  const Llama *M = C->Of;
  float *Scores = allocate(NULL, M->TokenCount * sizeof(float));
  multiply(M->Embedding, C->Last, M->TokenCount, M->Width, Scores);
  bool *Punished = memset(allocate(NULL, M->TokenCount), 0, M->TokenCount);
  for (uint32_t I = Count > Window ? Count - Window : 0; I < Count; ++I) {
    float *Score = &Scores[Generated[I]];
    if (!Punished[Generated[I]]) {
      *Score = *Score > 0 ? *Score / (float)By->RepeatPenalty : *Score * (float)By->RepeatPenalty;
    }
    Punished[Generated[I]] = true;
  }
  uint32_t Chosen = 0;
  for (uint32_t I = 1; I < M->TokenCount; ++I) {
    Chosen = Scores[I] > Scores[Chosen] ? I : Chosen;
  }
  if (By->Temperature > 0) {
    for (uint32_t I = 0; I < M->TokenCount; ++I) {
      Scores[I] /= (float)By->Temperature;
    }
    toShares(Scores, M->TokenCount);
    float Left = chance(Random);
    for (Chosen = 0; Chosen + 1 < M->TokenCount && Left >= Scores[Chosen]; ++Chosen) {
      Left -= Scores[Chosen];
    }
  }
  free(Scores), free(Punished);
  return Chosen;
}
