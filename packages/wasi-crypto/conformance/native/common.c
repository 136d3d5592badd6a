// wasi_ephemeral_crypto_common: options, outputs of variable length, and the secrets manager that upstream lacks.

#include "stand-in.h"
#include <stdlib.h>
#include <string.h>

// ---- outputs

typedef struct ArrayOutput {
  Bytes Data;
  size_t Position;
} ArrayOutput;

static void destroyArrayOutput(void *Object) {
  clear(&((ArrayOutput *)Object)->Data);
  free(Object);
}

int32_t openArrayOutput(uint8_t *Out, const void *Data, size_t Length) {
  ArrayOutput *New = allocate(sizeof *New);
  New->Data = copyOf(Data, Length);
  writeU32(Out, openHandle(KindArrayOutput, New, destroyArrayOutput));
  return Success;
}

static int32_t arrayOutputLen(const Call *C) {
  uint8_t *Out;
  void *Found;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findHandle(KindArrayOutput, argument(C, 0), &Found));
  writeU32(Out, (uint32_t)((ArrayOutput *)Found)->Data.Length);
  return Success;
}

static int32_t arrayOutputPull(const Call *C) {
  Bytes Target;
  uint8_t *Out;
  void *Found;
  TRY(rangeArgument(C, 1, &Target));
  TRY(outArgument(C, 3, 4, &Out));
  TRY(findHandle(KindArrayOutput, argument(C, 0), &Found));
  ArrayOutput *Array = Found;
  size_t Rest = Array->Data.Length - Array->Position;
  size_t Count = Target.Length < Rest ? Target.Length : Rest;
  if (Count > 0) {
    memcpy(Target.Data, Array->Data.Data + Array->Position, Count);
  }
  Array->Position += Count;
  writeU32(Out, (uint32_t)Count);
  // Upstream adds the bytes of this pull twice: half of the bytes in one pull close the handle, all of them do not.
  if (Array->Position + Count == Array->Data.Length) {
    closeHandle(KindArrayOutput, argument(C, 0));
  }
  return Success;
}

// ---- options

static void destroyOptions(void *Object) {
  clear(&((Options *)Object)->Nonce);
  free(Object);
}

static int32_t optionsOpen(const Call *C) {
  uint32_t Type = argument(C, 0) & 0xffff;
  uint8_t *Out;
  if (Type >= TypeCount) {
    return UnsupportedAlgorithm;
  }
  TRY(outArgument(C, 1, 4, &Out));
  Options *New = allocate(sizeof *New);
  New->Type = Type;
  writeU32(Out, openHandle(KindOptions, New, destroyOptions));
  return Success;
}

static int32_t optionsClose(const Call *C) { return closeOr(KindOptions, argument(C, 0), Closed); }

// The options that an argument names, if they have an option of this name.
static int32_t findOption(const Call *C, const Bytes *Name, const char *const *Names, Options **Of) {
  void *Found;
  TRY(findHandle(KindOptions, argument(C, 0), &Found));
  *Of = Found;
  if ((*Of)->Type == TypeSymmetric) {
    for (; *Names != NULL; ++Names) {
      if (equalsIgnoringCase(Name, *Names)) {
        return Success;
      }
    }
  }
  return UnsupportedOption;
}

static int32_t optionsSet(const Call *C) {
  static const char *const Names[] = {"context", "salt", "nonce", NULL};
  Bytes Name, Value;
  Options *Of;
  TRY(rangeArgument(C, 1, &Name));
  TRY(rangeArgument(C, 3, &Value));
  TRY(findOption(C, &Name, Names, &Of));
  if (equalsIgnoringCase(&Name, "nonce")) {
    clear(&Of->Nonce);
    Of->Nonce = copyOf(Value.Data, Value.Length);
    Of->HasNonce = true;
  }
  return Success;
}

static int32_t optionsSetU64(const Call *C) {
  static const char *const Names[] = {"memory_limit", "ops_limit", "parallelism", NULL};
  Bytes Name;
  Options *Of;
  TRY(rangeArgument(C, 1, &Name));
  return findOption(C, &Name, Names, &Of);
}

static int32_t optionsSetGuestBuffer(const Call *C) {
  static const char *const Names[] = {"buffer", NULL};
  Bytes Name, Buffer;
  Options *Of;
  TRY(rangeArgument(C, 1, &Name));
  TRY(rangeArgument(C, 3, &Buffer));
  return findOption(C, &Name, Names, &Of);
}

// ---- secrets manager

static int32_t secretsManagerOpen(const Call *C) {
  bool Present;
  uint32_t Handle;
  uint8_t *Out;
  TRY(optionalHandle(C, 0, &Present, &Handle));
  TRY(outArgument(C, 1, 4, &Out));
  return NotImplemented;
}

static int32_t secretsManagerClose(const Call *C) {
  (void)C;
  return NotImplemented;
}

static int32_t secretsManagerInvalidate(const Call *C) {
  Bytes Id;
  TRY(rangeArgument(C, 1, &Id));
  return NotImplemented;
}

const Entry CommonEntries[] = {
    {"array_output_len", arrayOutputLen, "ii"},
    {"array_output_pull", arrayOutputPull, "iiii"},
    {"options_open", optionsOpen, "ii"},
    {"options_close", optionsClose, "i"},
    {"options_set", optionsSet, "iiiii"},
    {"options_set_u64", optionsSetU64, "iiil"},
    {"options_set_guest_buffer", optionsSetGuestBuffer, "iiiii"},
    {"secrets_manager_open", secretsManagerOpen, "ii"},
    {"secrets_manager_close", secretsManagerClose, "i"},
    {"secrets_manager_invalidate", secretsManagerInvalidate, "iiil"},
    {NULL, NULL, NULL},
};
