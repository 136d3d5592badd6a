// wasi_ephemeral_crypto_symmetric: the algorithms, their keys, and the module's table.

#include "symmetric.h"
#include <openssl/rand.h>
#include <stdlib.h>

static const SymmetricAlgorithm Algorithms[] = {
    {"SHA-256", Hash, "SHA256", 32},
    {"SHA-512", Hash, "SHA512", 64},
    {"SHA-512/256", Hash, "SHA512-256", 32},
    {"HMAC/SHA-256", Hmac, "SHA256", 32},
    {"HMAC/SHA-512", Hmac, "SHA512", 64},
    {"HKDF-EXTRACT/SHA-256", HkdfExtract, "SHA256", 32},
    {"HKDF-EXTRACT/SHA-512", HkdfExtract, "SHA512", 64},
    {"HKDF-EXPAND/SHA-256", HkdfExpand, "SHA256", 32},
    {"HKDF-EXPAND/SHA-512", HkdfExpand, "SHA512", 64},
    {"AES-128-GCM", Aead, "AES-128-GCM", 16},
    {"AES-256-GCM", Aead, "AES-256-GCM", 32},
    {"CHACHA20-POLY1305", Aead, "ChaCha20-Poly1305", 32},
};

int32_t findSymmetricAlgorithm(const Bytes *Name, const SymmetricAlgorithm **Algorithm) {
  for (size_t I = 0; I < sizeof Algorithms / sizeof Algorithms[0]; ++I) {
    if (equalsIgnoringCase(Name, Algorithms[I].Name)) {
      *Algorithm = &Algorithms[I];
      return Success;
    }
  }
  return UnsupportedAlgorithm;
}

// ---- keys

static void destroySymmetricKey(void *Object) {
  clear(&((SymmetricKey *)Object)->Raw);
  free(Object);
}

int32_t openSymmetricKey(uint8_t *Out, const SymmetricAlgorithm *Algorithm, const void *Raw, size_t Length) {
  SymmetricKey *New = allocate(sizeof *New);
  *New = (SymmetricKey){Algorithm, copyOf(Raw, Length)};
  writeU32(Out, openHandle(KindSymmetricKey, New, destroySymmetricKey));
  return Success;
}

static int32_t algorithmArgument(const Call *C, int Index, const SymmetricAlgorithm **Algorithm) {
  Bytes Name;
  TRY(rangeArgument(C, Index, &Name));
  return findSymmetricAlgorithm(&Name, Algorithm);
}

static int32_t symmetricKeyGenerate(const Call *C) {
  const SymmetricAlgorithm *Algorithm;
  bool HasOptions;
  uint32_t OptionsHandle;
  uint8_t *Out, Raw[LongestDigest];
  void *Given;
  TRY(algorithmArgument(C, 0, &Algorithm));
  TRY(optionalHandle(C, 2, &HasOptions, &OptionsHandle));
  TRY(outArgument(C, 3, 4, &Out));
  if (HasOptions) {
    TRY(findHandle(KindOptions, OptionsHandle, &Given));
    if (((Options *)Given)->Type != TypeSymmetric) {
      return InvalidHandle;
    }
  }
  if (Algorithm->Construction == Hash) {
    return KeyNotSupported;
  }
  if (Algorithm->Construction == HkdfExpand) {
    return UnsupportedFeature;
  }
  if (RAND_bytes(Raw, (int)Algorithm->Length) <= 0) {
    return AlgorithmFailure;
  }
  return openSymmetricKey(Out, Algorithm, Raw, Algorithm->Length);
}

static int32_t symmetricKeyImport(const Call *C) {
  const SymmetricAlgorithm *Algorithm;
  Bytes Raw;
  uint8_t *Out;
  TRY(algorithmArgument(C, 0, &Algorithm));
  TRY(rangeArgument(C, 2, &Raw));
  TRY(outArgument(C, 4, 4, &Out));
  if (Algorithm->Construction == Hash) {
    return KeyNotSupported;
  }
  if (Algorithm->Construction == HkdfExpand && Raw.Length != Algorithm->Length) {
    return InvalidKey;
  }
  return openSymmetricKey(Out, Algorithm, Raw.Data, Raw.Length);
}

static int32_t symmetricKeyExport(const Call *C) {
  uint8_t *Out;
  void *Found;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findHandle(KindSymmetricKey, argument(C, 0), &Found));
  const Bytes *Raw = &((SymmetricKey *)Found)->Raw;
  return openArrayOutput(Out, Raw->Data, Raw->Length);
}

static int32_t symmetricKeyClose(const Call *C) { return closeOr(KindSymmetricKey, argument(C, 0), Closed); }

static int32_t symmetricKeyGenerateManaged(const Call *C) {
  const SymmetricAlgorithm *Algorithm;
  bool HasOptions;
  uint32_t OptionsHandle;
  uint8_t *Out;
  TRY(algorithmArgument(C, 1, &Algorithm));
  TRY(optionalHandle(C, 3, &HasOptions, &OptionsHandle));
  TRY(outArgument(C, 4, 4, &Out));
  return NotImplemented;
}

const Entry SymmetricEntries[] = {
    {"symmetric_key_generate", symmetricKeyGenerate, "iiii"},
    {"symmetric_key_import", symmetricKeyImport, "iiiii"},
    {"symmetric_key_export", symmetricKeyExport, "ii"},
    {"symmetric_key_close", symmetricKeyClose, "i"},
    {"symmetric_key_generate_managed", symmetricKeyGenerateManaged, "iiiii"},
    {"symmetric_key_store_managed", storeManaged, "iiii"},
    {"symmetric_key_replace_managed", replaceManaged, "iiii"},
    {"symmetric_key_id", managedId, "iiiii"},
    {"symmetric_key_from_id", managedFromId, "iiili"},
    {"symmetric_state_open", symmetricStateOpen, "iiiii"},
    {"symmetric_state_clone", symmetricStateClone, "ii"},
    {"symmetric_state_options_get", symmetricStateOptionsGet, "iiiiii"},
    {"symmetric_state_options_get_u64", symmetricStateOptionsGetU64, "iiii"},
    {"symmetric_state_close", symmetricStateClose, "i"},
    {"symmetric_state_absorb", symmetricStateAbsorb, "iii"},
    {"symmetric_state_squeeze", symmetricStateSqueeze, "iii"},
    {"symmetric_state_squeeze_tag", symmetricStateSqueezeTag, "ii"},
    {"symmetric_state_squeeze_key", symmetricStateSqueezeKey, "iiii"},
    {"symmetric_state_ratchet", symmetricStateRatchet, "i"},
    {"symmetric_state_max_tag_len", symmetricStateMaxTagLen, "ii"},
    {"symmetric_state_encrypt", symmetricStateEncrypt, "iiiiii"},
    {"symmetric_state_encrypt_detached", symmetricStateEncryptDetached, "iiiiii"},
    {"symmetric_state_decrypt", symmetricStateDecrypt, "iiiiii"},
    {"symmetric_state_decrypt_detached", symmetricStateDecryptDetached, "iiiiiiii"},
    {"symmetric_tag_len", symmetricTagLen, "ii"},
    {"symmetric_tag_pull", symmetricTagPull, "iiii"},
    {"symmetric_tag_verify", symmetricTagVerify, "iii"},
    {"symmetric_tag_close", symmetricTagClose, "i"},
    {NULL, NULL, NULL},
};
