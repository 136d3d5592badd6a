// What the files of the symmetric module share.

#ifndef WASI_CRYPTO_STAND_IN_SYMMETRIC_H
#define WASI_CRYPTO_STAND_IN_SYMMETRIC_H

#include "stand-in.h"

enum { NonceLength = 12, TagLength = 16, LongestDigest = 64 };

typedef enum Construction { Hash, Hmac, HkdfExtract, HkdfExpand, Aead } Construction;

typedef struct SymmetricAlgorithm {
  const char *Name;
  Construction Construction;
  const char *Primitive; // OpenSSL's name of the digest or the cipher
  size_t Length;         // of the digest, or of the cipher's key
} SymmetricAlgorithm;

int32_t findSymmetricAlgorithm(const Bytes *Name, const SymmetricAlgorithm **Algorithm);

typedef struct SymmetricKey {
  const SymmetricAlgorithm *Algorithm;
  Bytes Raw;
} SymmetricKey;

int32_t openSymmetricKey(uint8_t *Out, const SymmetricAlgorithm *Algorithm, const void *Raw, size_t Length);

typedef struct SymmetricState {
  const SymmetricAlgorithm *Algorithm;
  Bytes Key;
  Bytes Nonce;
  Bytes Absorbed;
  bool Used; // of AEADs: an operation was done
} SymmetricState;

int32_t findState(uint32_t Handle, SymmetricState **Found);
// Answers the digest, MAC or pseudo-random key of what was absorbed.
int32_t digestOf(const SymmetricState *Of, uint8_t Digest[LongestDigest]);
int32_t expand(const SymmetricState *Of, uint8_t *Output, size_t Length);

// ---- symmetric-states.c, symmetric-aead.c, symmetric-tags.c

int32_t symmetricStateOpen(const Call *C);
int32_t symmetricStateClone(const Call *C);
int32_t symmetricStateOptionsGet(const Call *C);
int32_t symmetricStateOptionsGetU64(const Call *C);
int32_t symmetricStateClose(const Call *C);
int32_t symmetricStateAbsorb(const Call *C);
int32_t symmetricStateSqueeze(const Call *C);
int32_t symmetricStateSqueezeTag(const Call *C);
int32_t symmetricStateSqueezeKey(const Call *C);
int32_t symmetricStateRatchet(const Call *C);
int32_t symmetricStateMaxTagLen(const Call *C);
int32_t symmetricStateEncrypt(const Call *C);
int32_t symmetricStateEncryptDetached(const Call *C);
int32_t symmetricStateDecrypt(const Call *C);
int32_t symmetricStateDecryptDetached(const Call *C);

int32_t openTag(uint8_t *Out, const uint8_t *Data, size_t Length);
int32_t symmetricTagLen(const Call *C);
int32_t symmetricTagPull(const Call *C);
int32_t symmetricTagVerify(const Call *C);
int32_t symmetricTagClose(const Call *C);

#endif
