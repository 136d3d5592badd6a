// Tags: what MACs and detached encryption make.

#include "symmetric.h"
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

static void destroyTag(void *Object) {
  clear(Object);
  free(Object);
}

int32_t openTag(uint8_t *Out, const uint8_t *Data, size_t Length) {
  Bytes *New = allocate(sizeof *New);
  *New = copyOf(Data, Length);
  writeU32(Out, openHandle(KindTag, New, destroyTag));
  return Success;
}

static int32_t findTag(uint32_t Handle, Bytes **Found) {
  void *Object;
  TRY(findHandle(KindTag, Handle, &Object));
  *Found = Object;
  return Success;
}

int32_t symmetricTagLen(const Call *C) {
  uint8_t *Out;
  Bytes *Tag;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findTag(argument(C, 0), &Tag));
  writeU32(Out, (uint32_t)Tag->Length);
  return Success;
}

int32_t symmetricTagPull(const Call *C) {
  Bytes Target, *Tag;
  uint8_t *Out;
  TRY(rangeArgument(C, 1, &Target));
  TRY(outArgument(C, 3, 4, &Out));
  TRY(findTag(argument(C, 0), &Tag));
  if (Target.Length != Tag->Length) {
    return Target.Length > Tag->Length ? InvalidLength : Overflow;
  }
  memcpy(Target.Data, Tag->Data, Tag->Length);
  writeU32(Out, (uint32_t)Tag->Length);
  return Success;
}

int32_t symmetricTagVerify(const Call *C) {
  Bytes Expected, *Tag;
  TRY(rangeArgument(C, 1, &Expected));
  TRY(findTag(argument(C, 0), &Tag));
  // Upstream compares as many bytes as it is given: a beginning verifies, and so does nothing at all. It reads beyond the tag when it
  // is given more; here that never verifies.
  if (Expected.Length > Tag->Length) {
    return InvalidTag;
  }
  return CRYPTO_memcmp(Tag->Data, Expected.Data, Expected.Length) == 0 ? Success : InvalidTag;
}

int32_t symmetricTagClose(const Call *C) { return closeOr(KindTag, argument(C, 0), Closed); }
