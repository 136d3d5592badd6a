// The options in the JSON of guests, with upstream's types and order. It knows those that this stand-in has a use for, and checks the types of a few
// more; those of pictures, speech, grammars and graphics processors are left out.

#include "parts.h"

#include <stdlib.h>
#include <string.h>

typedef enum OptionType { Flag, Count, Whole, Decimal, Text } OptionType;

typedef struct Rule {
  const char *Name;
  OptionType Type;
  // Where it goes; nowhere when it is only checked.
  bool IsKept;
  size_t Place;
} Rule;

#define KEPT(Field) true, offsetof(Options, Field)

static const Rule Rules[] = {
    {"enable-log", Flag, false, 0},
    {"enable-debug-log", Flag, false, 0},
    {"stream-stdout", Flag, false, 0},
    {"n-predict", NEWER_THAN_0_14 ? Whole : Count, KEPT(MostTokens)},
    {"reverse-prompt", Text, KEPT(ReversePrompt)},
    {"n-gpu-layers", Whole, false, 0},
    {"use-mmap", Flag, false, 0},
    {"ctx-size", NEWER_THAN_0_14 ? Whole : Count, KEPT(ContextSize)},
    {"batch-size", NEWER_THAN_0_14 ? Whole : Count, KEPT(BatchSize)},
    {"threads", NEWER_THAN_0_14 ? Whole : Count, false, 0},
    {"embedding", Flag, KEPT(Embedding)},
    {"temp", Decimal, KEPT(Temperature)},
    {"top-p", Decimal, false, 0},
    {"repeat-penalty", Decimal, KEPT(RepeatPenalty)},
    {"presence-penalty", Decimal, false, 0},
    {"frequency-penalty", Decimal, false, 0},
    {"grammar", Text, false, 0},
#if NEWER_THAN_0_14
    {"top-k", Whole, false, 0},
    {"min-p", Decimal, false, 0},
    {"seed", Whole, KEPT(Seed)},
    {"ignore-eos", Flag, false, 0},
#endif
};

Options defaultOptions(void) {
  return (Options){
      .MostTokens = NEWER_THAN_0_14 ? -1 : 512,
      .ContextSize = NEWER_THAN_0_14 ? 0 : 512,
      .BatchSize = 2048,
      .Seed = -1,
      .Temperature = 0.8,
      .RepeatPenalty = 1,
  };
}

static bool hasType(const Member *Given, OptionType Type) {
  switch (Type) {
  case Flag:
    return Given->Kind == JsonTrue || Given->Kind == JsonFalse;
  case Count:
    return Given->Kind == JsonInteger && Given->Number >= 0;
  case Whole:
    return Given->Kind == JsonInteger;
  case Decimal:
    return Given->Kind == JsonInteger || Given->Kind == JsonDecimal;
  default:
    return Given->Kind == JsonText;
  }
}

static void keep(void *Place, const Member *Given, OptionType Type) {
  switch (Type) {
  case Flag:
    *(bool *)Place = Given->Kind == JsonTrue;
    break;
  case Count:
  case Whole:
    *(int64_t *)Place = (int64_t)Given->Number;
    break;
  case Decimal:
    *(double *)Place = Given->Number;
    break;
  default:
    free(((Bytes *)Place)->Data);
    *(Bytes *)Place = copyBytes(Given->Text.Data, Given->Text.Length);
  }
}

// The first of a name counts.
static const Member *find(const Members *In, const char *Name) {
  for (uint32_t I = 0; I < In->Count; ++I) {
    if (equalBytes(In->All[I].Name, (const uint8_t *)Name, (uint32_t)strlen(Name))) {
      return &In->All[I];
    }
  }
  return NULL;
}

uint32_t setOptions(Options *Of, Bytes Json) {
  Members Given;
  uint32_t Errno = readMembers(Json, &Given) ? Success : InvalidEncoding;
  for (size_t I = 0; I < sizeof Rules / sizeof Rules[0] && Errno == Success; ++I) {
    const Member *Found = find(&Given, Rules[I].Name);
    if (Found == NULL) {
      continue;
    }
    if (!hasType(Found, Rules[I].Type)) {
      Errno = InvalidArgument;
    } else if (Rules[I].IsKept) {
      keep((char *)Of + Rules[I].Place, Found, Rules[I].Type);
    }
  }
  freeMembers(&Given);
  return Errno;
}
