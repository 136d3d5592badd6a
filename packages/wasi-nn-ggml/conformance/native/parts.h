// What the files of the GGML stand-in share.

#pragma once

#include "stand-in.h"

// ---- json.c

typedef enum JsonKind { JsonText, JsonInteger, JsonDecimal, JsonTrue, JsonFalse, JsonOther } JsonKind;

typedef struct Member {
  Bytes Name;
  JsonKind Kind;
  Bytes Text;
  double Number;
} Member;

// The members of an object; none where the text is another JSON value.
typedef struct Members {
  Member *All;
  uint32_t Count;
} Members;

// Whether it is JSON. The members are to be freed in any case.
bool readMembers(Bytes Text, Members *Out);
void freeMembers(Members *Of);

// ---- options.c

typedef struct Options {
  bool Embedding;
  int64_t MostTokens;
  int64_t ContextSize;
  int64_t BatchSize;
  int64_t Seed;
  double Temperature;
  double RepeatPenalty;
  Bytes ReversePrompt;
} Options;

Options defaultOptions(void);
// The options before one of a wrong type stay set.
uint32_t setOptions(Options *Of, Bytes Json);

// ---- gguf.c

typedef struct Layer {
  float *AttentionNorm, *Query, *Key, *Value, *Output, *FeedNorm, *Gate, *Up, *Down;
} Layer;

typedef struct Llama {
  uint32_t Width, LayerCount, Heads, KeyHeads, Hidden, TrainedContext;
  float Epsilon, Base;
  float *Embedding, *OutputNorm;
  Layer *Layers;
  // The bytes of each token, and whether it is one that controls.
  Bytes *Tokens;
  bool *Controls;
  uint32_t TokenCount, ControlsEnd;
  uint32_t Begin, End, TurnEnd;
  uint32_t ByteTokens[256];
} Llama;

// NULL for what is no model of this kind.
Llama *readModel(Bytes File);
void freeModel(Llama *Of);

// ---- llama.c

// The memory of a context, and what the model made of its last token.
typedef struct Cache {
  const Llama *Of;
  uint32_t Size, Used;
  float *Keys, *Values, *Last;
} Cache;

Cache *createCache(const Llama *Of, uint32_t Size);
void freeCache(Cache *Of);
// There must be room.
void feed(Cache *In, uint32_t Token);
// Generated are the tokens before; Random is the state of chance.
uint32_t sample(const Cache *In, const Options *By, const uint32_t *Generated, uint32_t Count, uint64_t *Random);

// ---- graphs.c

typedef struct Graph {
  Llama *Of;
  Options By;
  // Of all its contexts, from 0.15 on.
  Cache *Shared;
  uint32_t Users;
  bool Unloaded;
} Graph;

uint32_t load(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New);
void deleteGraph(void *Of);
// Frees it when nothing has it any more.
void releaseGraph(Graph *Of);
uint32_t contextSize(const Graph *Of);
void appendBytes(Bytes *To, Bytes More);

// ---- contexts.c

typedef struct Tokens {
  uint32_t *All;
  uint32_t Count;
} Tokens;

typedef struct Context {
  Graph *Of;
  // Of these, the number of tokens and the text that ends them count from 0.15 on.
  Options Own;
  Tokens Prompt, Generated;
  bool HasPrompt;
  uint32_t InputCount;
  Bytes Output, Piece;
  // A run token by token; up to 0.14 it has the memory.
  Cache *Run;
  bool IsRunning;
  uint64_t Random;
} Context;

uint32_t createContext(void *Of, void **New);
void deleteContext(void *Of);
uint32_t setInput(void *Of, uint32_t Index, const GuestTensor *Tensor);
void addToken(Tokens *To, uint32_t Token);
void clearOutputs(Context *Of);
void endRun(Context *Of);

// ---- computing.c

uint32_t compute(void *Of);
uint32_t computeSingle(void *Of);
uint32_t finiSingle(void *Of);
