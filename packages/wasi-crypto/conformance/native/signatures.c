// wasi_ephemeral_crypto_signatures: signatures, and the states that make and verify them.

#include "stand-in.h"
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

enum SignatureEncoding { SignatureRaw, SignatureDer, SignatureEncodings };
enum { NumberLength = 32 }; // of r and s; upstream's also for P-384

typedef struct Signature {
  const KeyAlgorithm *Algorithm;
  Bytes Data; // of ECDSA: DER, possibly followed by zeros
} Signature;

typedef struct State {
  Key Signer;
  Bytes Message;
} State;

static void destroySignature(void *Object) {
  clear(&((Signature *)Object)->Data);
  free(Object);
}

static int32_t openSignature(uint8_t *Out, const KeyAlgorithm *Algorithm, const void *Data, size_t Length) {
  Signature *New = allocate(sizeof *New);
  *New = (Signature){Algorithm, copyOf(Data, Length)};
  writeU32(Out, openHandle(KindSignature, New, destroySignature));
  return Success;
}

// ---- import and export

static size_t rawLength(const KeyAlgorithm *Algorithm) {
  return isRsaKey(Algorithm) ? (size_t)Algorithm->ModulusBits / 8 : 2 * NumberLength;
}

// r and s as the DER that OpenSSL takes.
static int32_t openRawEcdsa(uint8_t *Out, const KeyAlgorithm *Algorithm, const uint8_t *Raw) {
  ECDSA_SIG *Pair = ECDSA_SIG_new();
  ECDSA_SIG_set0(Pair, BN_bin2bn(Raw, NumberLength, NULL), BN_bin2bn(Raw + NumberLength, NumberLength, NULL));
  uint8_t *Der = NULL;
  int Length = i2d_ECDSA_SIG(Pair, &Der);
  ECDSA_SIG_free(Pair);
  if (Length <= 0) {
    return InvalidSignature;
  }
  int32_t Code = openSignature(Out, Algorithm, Der, (size_t)Length);
  OPENSSL_free(Der);
  return Code;
}

static int32_t signatureImport(const Call *C) {
  Bytes Name, Encoded;
  const KeyAlgorithm *Algorithm;
  uint8_t *Out;
  TRY(rangeArgument(C, 0, &Name));
  TRY(findKeyAlgorithm(TypeSignatures, &Name, &Algorithm));
  TRY(rangeArgument(C, 2, &Encoded));
  uint32_t Encoding = argument(C, 4) & 0xffff;
  if (Encoding >= SignatureEncodings) {
    return UnsupportedEncoding;
  }
  TRY(outArgument(C, 5, 4, &Out));
  if (Encoding == SignatureDer) {
    // Upstream takes any bytes for DER.
    return isEcKey(Algorithm)    ? openSignature(Out, Algorithm, Encoded.Data, Encoded.Length)
           : isRsaKey(Algorithm) ? NotImplemented
                                 : UnsupportedEncoding;
  }
  if (Encoded.Length != rawLength(Algorithm)) {
    return InvalidSignature;
  }
  return isEcKey(Algorithm) ? openRawEcdsa(Out, Algorithm, Encoded.Data)
                            : openSignature(Out, Algorithm, Encoded.Data, Encoded.Length);
}

static int32_t exportRawEcdsa(uint8_t *Out, const Signature *From) {
  const uint8_t *Start = From->Data.Data;
  ECDSA_SIG *Pair = d2i_ECDSA_SIG(NULL, &Start, (long)From->Data.Length);
  if (Pair == NULL) {
    return InvalidSignature;
  }
  // Each number with as few bytes as it needs, as upstream has it; those of an imported signature may be longer than the curve's.
  Bytes Raw = {NULL, 0};
  const BIGNUM *Numbers[] = {ECDSA_SIG_get0_r(Pair), ECDSA_SIG_get0_s(Pair)};
  for (int I = 0; I < 2; ++I) {
    size_t Length = (size_t)BN_num_bytes(Numbers[I]);
    uint8_t *Number = allocate(Length);
    BN_bn2bin(Numbers[I], Number);
    append(&Raw, Number, Length);
    free(Number);
  }
  ECDSA_SIG_free(Pair);
  int32_t Code = openArrayOutput(Out, Raw.Data, Raw.Length);
  clear(&Raw);
  return Code;
}

static int32_t signatureExport(const Call *C) {
  uint32_t Encoding = argument(C, 1) & 0xffff;
  uint8_t *Out;
  void *Found;
  if (Encoding >= SignatureEncodings) {
    return UnsupportedEncoding;
  }
  TRY(outArgument(C, 2, 4, &Out));
  TRY(findHandle(KindSignature, argument(C, 0), &Found));
  const Signature *From = Found;
  if (Encoding == SignatureDer && !isEcKey(From->Algorithm)) {
    return isRsaKey(From->Algorithm) ? NotImplemented : UnsupportedEncoding;
  }
  return Encoding == SignatureRaw && isEcKey(From->Algorithm)
             ? exportRawEcdsa(Out, From)
             : openArrayOutput(Out, From->Data.Data, From->Data.Length);
}

static int32_t signatureClose(const Call *C) { return closeOr(KindSignature, argument(C, 0), Closed); }

// ---- states

static void destroyState(void *Object) {
  State *Of = Object;
  EVP_PKEY_free(Of->Signer.Pkey);
  clear(&Of->Message);
  free(Of);
}

static int32_t openState(const Call *C, Kind Of, Kind KeyKind) {
  uint8_t *Out;
  Key *With;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findKey(KeyKind, argument(C, 0), &With));
  if (With->Algorithm->Type != TypeSignatures) {
    return InvalidHandle;
  }
  State *New = allocate(sizeof *New);
  New->Signer = *With;
  EVP_PKEY_up_ref(New->Signer.Pkey);
  writeU32(Out, openHandle(Of, New, destroyState));
  return Success;
}

static int32_t updateState(const Call *C, Kind Of) {
  Bytes Input;
  void *Found;
  TRY(rangeArgument(C, 1, &Input));
  TRY(findHandle(Of, argument(C, 0), &Found));
  append(&((State *)Found)->Message, Input.Data, Input.Length);
  return Success;
}

static bool initContext(EVP_MD_CTX *Context, const State *Of, bool Signing) {
  const KeyAlgorithm *Algorithm = Of->Signer.Algorithm;
  EVP_PKEY_CTX *KeyContext = NULL;
  int Done = Signing ? EVP_DigestSignInit_ex(Context, &KeyContext, Algorithm->Digest, NULL, NULL, Of->Signer.Pkey, NULL)
                     : EVP_DigestVerifyInit_ex(Context, &KeyContext, Algorithm->Digest, NULL, NULL, Of->Signer.Pkey, NULL);
  // An RSA key may have the type of either padding.
  if (Done > 0 && isRsaKey(Algorithm)) {
    int Padding = Algorithm->Family == FamilyRsaPss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    Done = EVP_PKEY_CTX_set_rsa_padding(KeyContext, Padding);
  }
  return Done > 0;
}

static const uint8_t *messageData(const State *Of) { return Of->Message.Length == 0 ? (const uint8_t *)"" : Of->Message.Data; }

static int32_t signatureStateOpen(const Call *C) { return openState(C, KindSignatureState, KindKeyPair); }

static int32_t signatureStateUpdate(const Call *C) { return updateState(C, KindSignatureState); }

static int32_t signatureStateSign(const Call *C) {
  uint8_t *Out;
  void *Found;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findHandle(KindSignatureState, argument(C, 0), &Found));
  const State *Of = Found;
  // The whole buffer becomes the signature, as upstream has it: DER is followed by zeros.
  size_t Size = (size_t)EVP_PKEY_get_size(Of->Signer.Pkey), Length = Size;
  uint8_t *Data = allocate(Size);
  EVP_MD_CTX *Context = EVP_MD_CTX_new();
  bool Done = initContext(Context, Of, true) &&
              EVP_DigestSign(Context, Data, &Length, messageData(Of), Of->Message.Length) > 0;
  EVP_MD_CTX_free(Context);
  int32_t Code = Done ? openSignature(Out, Of->Signer.Algorithm, Data, Size) : AlgorithmFailure;
  free(Data);
  return Code;
}

static int32_t signatureStateClose(const Call *C) { return closeOr(KindSignatureState, argument(C, 0), Closed); }

static int32_t verificationStateOpen(const Call *C) { return openState(C, KindVerificationState, KindPublicKey); }

static int32_t verificationStateUpdate(const Call *C) { return updateState(C, KindVerificationState); }

static int32_t verificationStateVerify(const Call *C) {
  void *FoundState, *FoundSignature;
  TRY(findHandle(KindVerificationState, argument(C, 0), &FoundState));
  TRY(findHandle(KindSignature, argument(C, 1), &FoundSignature));
  const State *Of = FoundState;
  const Signature *Verified = FoundSignature;
  if (Verified->Algorithm != Of->Signer.Algorithm) {
    return InvalidSignature;
  }
  EVP_MD_CTX *Context = EVP_MD_CTX_new();
  int32_t Code = AlgorithmFailure;
  if (initContext(Context, Of, false)) {
    int Answer = EVP_DigestVerify(Context, Verified->Data.Data, Verified->Data.Length, messageData(Of), Of->Message.Length);
    // Upstream takes OpenSSL's -1, for malformed DER and bytes behind it, for true.
    Code = Answer != 0 ? Success : VerificationFailed;
  }
  EVP_MD_CTX_free(Context);
  return Code;
}

static int32_t verificationStateClose(const Call *C) { return closeOr(KindVerificationState, argument(C, 0), Closed); }

const Entry SignaturesEntries[] = {
    {"signature_import", signatureImport, "iiiiii"},
    {"signature_export", signatureExport, "iii"},
    {"signature_close", signatureClose, "i"},
    {"signature_state_open", signatureStateOpen, "ii"},
    {"signature_state_update", signatureStateUpdate, "iii"},
    {"signature_state_sign", signatureStateSign, "ii"},
    {"signature_state_close", signatureStateClose, "i"},
    {"signature_verification_state_open", verificationStateOpen, "ii"},
    {"signature_verification_state_update", verificationStateUpdate, "iii"},
    {"signature_verification_state_verify", verificationStateVerify, "ii"},
    {"signature_verification_state_close", verificationStateClose, "i"},
    {NULL, NULL, NULL},
};
