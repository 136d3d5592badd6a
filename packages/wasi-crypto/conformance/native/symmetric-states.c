// States of hashes, MACs and key derivation, and what all states have in common.

#include "symmetric.h"
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t *dataOf(const Bytes *Of) { return Of->Length == 0 ? (const uint8_t *)"" : Of->Data; }

// ---- computing

static int32_t hmac(const char *Digest, const Bytes *With, const Bytes *Message, uint8_t *Output) {
  EVP_MD *Hash = EVP_MD_fetch(NULL, Digest, NULL);
  bool Done = Hash != NULL && With->Length <= INT32_MAX &&
              HMAC(Hash, dataOf(With), (int)With->Length, dataOf(Message), Message->Length, Output, NULL) != NULL;
  EVP_MD_free(Hash);
  return Done ? Success : AlgorithmFailure;
}

int32_t digestOf(const SymmetricState *Of, uint8_t Digest[LongestDigest]) {
  const char *Primitive = Of->Algorithm->Primitive;
  switch (Of->Algorithm->Construction) {
  case Hash:
    return EVP_Q_digest(NULL, Primitive, NULL, dataOf(&Of->Absorbed), Of->Absorbed.Length, Digest, NULL)
               ? Success
               : AlgorithmFailure;
  case HkdfExtract:
    // RFC 5869, 2.2: the salt is the key of the MAC. Upstream gives OpenSSL no salt where it is empty, and OpenSSL wants one.
    return Of->Absorbed.Length == 0 ? AlgorithmFailure : hmac(Primitive, &Of->Absorbed, &Of->Key, Digest);
  default:
    return hmac(Primitive, &Of->Key, &Of->Absorbed, Digest);
  }
}

// RFC 5869, 2.3.
int32_t expand(const SymmetricState *Of, uint8_t *Output, size_t Length) {
  size_t Size = Of->Algorithm->Length;
  uint8_t Block[LongestDigest];
  if (Length > 255 * Size) {
    return InvalidKey;
  }
  for (size_t Done = 0, Count = 1; Done < Length; Done += Size, ++Count) {
    Bytes Message = copyOf(Block, Count == 1 ? 0 : Size);
    uint8_t Counter = (uint8_t)Count;
    append(&Message, Of->Absorbed.Data, Of->Absorbed.Length);
    append(&Message, &Counter, 1);
    int32_t Code = hmac(Of->Algorithm->Primitive, &Of->Key, &Message, Block);
    clear(&Message);
    TRY(Code);
    memcpy(Output + Done, Block, Length - Done < Size ? Length - Done : Size);
  }
  return Success;
}

// ---- opening

static void destroyState(void *Object) {
  SymmetricState *Of = Object;
  clear(&Of->Key);
  clear(&Of->Nonce);
  clear(&Of->Absorbed);
  free(Of);
}

int32_t findState(uint32_t Handle, SymmetricState **Found) {
  void *Object;
  TRY(findHandle(KindSymmetricState, Handle, &Object));
  *Found = Object;
  return Success;
}

static int32_t checkKey(const SymmetricAlgorithm *Algorithm, const SymmetricKey *With) {
  if (Algorithm->Construction == Hash) {
    return With == NULL ? Success : KeyNotSupported;
  }
  if (With == NULL) {
    return KeyRequired;
  }
  return With->Algorithm == Algorithm ? Success : InvalidKey;
}

static int32_t checkAead(const SymmetricAlgorithm *Algorithm, const SymmetricKey *With, const Options *Given) {
  if (Given == NULL) {
    return NonceRequired;
  }
  if (!Given->HasNonce || Given->Nonce.Length != NonceLength) {
    return InvalidNonce;
  }
  return With->Raw.Length == Algorithm->Length ? Success : InvalidHandle;
}

int32_t symmetricStateOpen(const Call *C) {
  Bytes Name;
  const SymmetricAlgorithm *Algorithm;
  bool HasKey, HasOptions;
  uint32_t KeyHandle, OptionsHandle;
  uint8_t *Out;
  void *Key = NULL, *Given = NULL;
  TRY(rangeArgument(C, 0, &Name));
  TRY(findSymmetricAlgorithm(&Name, &Algorithm));
  TRY(optionalHandle(C, 2, &HasKey, &KeyHandle));
  TRY(optionalHandle(C, 3, &HasOptions, &OptionsHandle));
  TRY(outArgument(C, 4, 4, &Out));
  if (HasKey) {
    TRY(findHandle(KindSymmetricKey, KeyHandle, &Key));
  }
  if (HasOptions) {
    TRY(findHandle(KindOptions, OptionsHandle, &Given));
    if (((Options *)Given)->Type != TypeSymmetric) {
      return InvalidHandle;
    }
  }
  const SymmetricKey *With = Key;
  TRY(checkKey(Algorithm, With));
  if (Algorithm->Construction == Aead) {
    TRY(checkAead(Algorithm, With, Given));
  }
  SymmetricState *New = allocate(sizeof *New);
  New->Algorithm = Algorithm;
  if (With != NULL) {
    New->Key = copyOf(With->Raw.Data, With->Raw.Length);
  }
  if (Algorithm->Construction == Aead) {
    New->Nonce = copyOf(((Options *)Given)->Nonce.Data, NonceLength);
  }
  writeU32(Out, openHandle(KindSymmetricState, New, destroyState));
  return Success;
}

int32_t symmetricStateClone(const Call *C) {
  uint8_t *Out;
  SymmetricState *From;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findState(argument(C, 0), &From));
  if (From->Algorithm->Construction != Hash && From->Algorithm->Construction != Hmac) {
    return NotImplemented;
  }
  SymmetricState *New = allocate(sizeof *New);
  New->Algorithm = From->Algorithm;
  New->Key = copyOf(From->Key.Data, From->Key.Length);
  New->Absorbed = copyOf(From->Absorbed.Data, From->Absorbed.Length);
  writeU32(Out, openHandle(KindSymmetricState, New, destroyState));
  return Success;
}

int32_t symmetricStateClose(const Call *C) { return closeOr(KindSymmetricState, argument(C, 0), Closed); }

// ---- options

int32_t symmetricStateOptionsGet(const Call *C) {
  Bytes Name, Value;
  uint8_t *Out;
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Name));
  TRY(rangeArgument(C, 3, &Value));
  TRY(outArgument(C, 5, 4, &Out));
  TRY(findState(argument(C, 0), &Of));
  // Case counts here, and only here.
  if (Of->Algorithm->Construction != Aead || Name.Length != 5 || memcmp(Name.Data, "nonce", 5) != 0) {
    return UnsupportedOption;
  }
  if (Value.Length < NonceLength) {
    return Overflow;
  }
  memcpy(Value.Data, Of->Nonce.Data, NonceLength);
  writeU32(Out, NonceLength);
  return Success;
}

int32_t symmetricStateOptionsGetU64(const Call *C) {
  Bytes Name;
  uint8_t *Out;
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Name));
  TRY(outArgument(C, 3, 8, &Out));
  TRY(findState(argument(C, 0), &Of));
  return UnsupportedOption;
}

// ---- absorbing and squeezing

int32_t symmetricStateAbsorb(const Call *C) {
  Bytes Input;
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Input));
  TRY(findState(argument(C, 0), &Of));
  append(&Of->Absorbed, Input.Data, Input.Length);
  return Success;
}

int32_t symmetricStateSqueeze(const Call *C) {
  Bytes Output;
  SymmetricState *Of;
  uint8_t Digest[LongestDigest];
  TRY(rangeArgument(C, 1, &Output));
  TRY(findState(argument(C, 0), &Of));
  if (Of->Algorithm->Construction == HkdfExpand) {
    return expand(Of, Output.Data, Output.Length);
  }
  if (Of->Algorithm->Construction != Hash) {
    return InvalidOperation;
  }
  if (Output.Length > Of->Algorithm->Length) {
    return InvalidLength;
  }
  TRY(digestOf(Of, Digest));
  memcpy(Output.Data, Digest, Output.Length);
  return Success;
}

int32_t symmetricStateSqueezeTag(const Call *C) {
  uint8_t *Out, Digest[LongestDigest];
  SymmetricState *Of;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findState(argument(C, 0), &Of));
  if (Of->Algorithm->Construction != Hmac) {
    return InvalidOperation;
  }
  TRY(digestOf(Of, Digest));
  return openTag(Out, Digest, Of->Algorithm->Length);
}

int32_t symmetricStateSqueezeKey(const Call *C) {
  Bytes Name;
  const SymmetricAlgorithm *Asked;
  uint8_t *Out, Digest[LongestDigest];
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Name));
  TRY(findSymmetricAlgorithm(&Name, &Asked));
  TRY(outArgument(C, 3, 4, &Out));
  TRY(findState(argument(C, 0), &Of));
  if (Of->Algorithm->Construction != HkdfExtract) {
    return Of->Algorithm->Construction == Aead || Asked == Of->Algorithm ? InvalidOperation : UnsupportedAlgorithm;
  }
  if (Asked->Construction != HkdfExpand || strcmp(Asked->Primitive, Of->Algorithm->Primitive) != 0) {
    return UnsupportedAlgorithm;
  }
  TRY(digestOf(Of, Digest));
  return openSymmetricKey(Out, Asked, Digest, Asked->Length);
}

int32_t symmetricStateRatchet(const Call *C) {
  SymmetricState *Of;
  TRY(findState(argument(C, 0), &Of));
  return InvalidOperation;
}
