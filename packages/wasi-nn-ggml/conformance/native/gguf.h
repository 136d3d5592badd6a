// What reading a GGUF file is made of.

#pragma once

#include "parts.h"

enum { MostWidth = 4096 };

typedef struct Reader {
  const uint8_t *Start, *Next, *End;
  bool Failed;
} Reader;

// Zeros behind the end, which is noted.
const uint8_t *takeBytes(Reader *From, uint64_t Length);
uint32_t takeU32(Reader *From);
uint64_t takeU64(Reader *From);
// A text in the file.
Bytes takeText(Reader *From);
bool isText(Bytes A, const char *Text);

// Whether the file has all tensors that the model needs, in their sizes.
bool takeTensors(Reader *From, Llama *Into, uint64_t TensorCount);
