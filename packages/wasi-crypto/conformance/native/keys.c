// Algorithms of keys, and the keys that handles stand for.

#include "stand-in.h"
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <stdlib.h>

static const KeyAlgorithm Algorithms[] = {
    // Upstream hashes with SHA-256 for every curve.
    {"ECDSA_P256_SHA256", TypeSignatures, FamilyEcdsa, "prime256v1", "SHA256", 0},
    {"ECDSA_K256_SHA256", TypeSignatures, FamilyEcdsa, "secp256k1", "SHA256", 0},
    {"ECDSA_P384_SHA384", TypeSignatures, FamilyEcdsa, "secp384r1", "SHA256", 0},
    {"Ed25519", TypeSignatures, FamilyEd25519, NULL, NULL, 0},
    {"RSA_PKCS1_2048_SHA256", TypeSignatures, FamilyRsaPkcs1, NULL, "SHA256", 2048},
    {"RSA_PKCS1_2048_SHA384", TypeSignatures, FamilyRsaPkcs1, NULL, "SHA384", 2048},
    {"RSA_PKCS1_2048_SHA512", TypeSignatures, FamilyRsaPkcs1, NULL, "SHA512", 2048},
    {"RSA_PKCS1_3072_SHA384", TypeSignatures, FamilyRsaPkcs1, NULL, "SHA384", 3072},
    {"RSA_PKCS1_3072_SHA512", TypeSignatures, FamilyRsaPkcs1, NULL, "SHA512", 3072},
    {"RSA_PKCS1_4096_SHA512", TypeSignatures, FamilyRsaPkcs1, NULL, "SHA512", 4096},
    {"RSA_PSS_2048_SHA256", TypeSignatures, FamilyRsaPss, NULL, "SHA256", 2048},
    {"RSA_PSS_2048_SHA384", TypeSignatures, FamilyRsaPss, NULL, "SHA384", 2048},
    {"RSA_PSS_2048_SHA512", TypeSignatures, FamilyRsaPss, NULL, "SHA512", 2048},
    {"RSA_PSS_3072_SHA384", TypeSignatures, FamilyRsaPss, NULL, "SHA384", 3072},
    {"RSA_PSS_3072_SHA512", TypeSignatures, FamilyRsaPss, NULL, "SHA512", 3072},
    {"RSA_PSS_4096_SHA512", TypeSignatures, FamilyRsaPss, NULL, "SHA512", 4096},
    {"X25519", TypeKeyExchange, FamilyX25519, NULL, NULL, 0},
    {"P256-SHA256", TypeKeyExchange, FamilyEcdh, "prime256v1", NULL, 0},
    {"P384-SHA384", TypeKeyExchange, FamilyEcdh, "secp384r1", NULL, 0},
};

int32_t findKeyAlgorithm(uint32_t Type, const Bytes *Name, const KeyAlgorithm **Algorithm) {
  if (Type == TypeSymmetric) {
    return InvalidOperation;
  }
  for (size_t I = 0; I < sizeof Algorithms / sizeof Algorithms[0]; ++I) {
    if (Algorithms[I].Type == Type && equalsIgnoringCase(Name, Algorithms[I].Name)) {
      *Algorithm = &Algorithms[I];
      return Success;
    }
  }
  return UnsupportedAlgorithm;
}

bool isEcKey(const KeyAlgorithm *Algorithm) { return Algorithm->Curve != NULL; }

bool isRsaKey(const KeyAlgorithm *Algorithm) { return Algorithm->ModulusBits != 0; }

static void destroyKey(void *Object) {
  EVP_PKEY_free(((Key *)Object)->Pkey);
  free(Object);
}

int32_t openKey(Kind Of, uint8_t *Out, const KeyAlgorithm *Algorithm, EVP_PKEY *Pkey, bool LacksPublic) {
  Key *New = allocate(sizeof *New);
  *New = (Key){Algorithm, Pkey, LacksPublic};
  writeU32(Out, openHandle(Of, New, destroyKey));
  return Success;
}

int32_t shareKey(Kind Of, uint8_t *Out, const Key *From) {
  EVP_PKEY_up_ref(From->Pkey);
  return openKey(Of, Out, From->Algorithm, From->Pkey, From->LacksPublic);
}

int32_t findKey(Kind Of, uint32_t Handle, Key **Found) {
  void *Object;
  TRY(findHandle(Of, Handle, &Object));
  *Found = Object;
  return Success;
}

int32_t generateKey(const KeyAlgorithm *Algorithm, EVP_PKEY **Pkey) {
  switch (Algorithm->Family) {
  case FamilyEcdsa:
  case FamilyEcdh:
    *Pkey = EVP_PKEY_Q_keygen(NULL, NULL, "EC", Algorithm->Curve);
    break;
  case FamilyEd25519:
    *Pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    break;
  case FamilyX25519:
    *Pkey = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
    break;
  case FamilyRsaPkcs1:
  case FamilyRsaPss: {
    const char *Name = Algorithm->Family == FamilyRsaPss ? "RSA-PSS" : "RSA";
    EVP_PKEY_CTX *Context = EVP_PKEY_CTX_new_from_name(NULL, Name, NULL);
    *Pkey = NULL;
    if (Context == NULL || EVP_PKEY_keygen_init(Context) <= 0 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(Context, Algorithm->ModulusBits) <= 0 ||
        EVP_PKEY_generate(Context, Pkey) <= 0) {
      *Pkey = NULL;
    }
    EVP_PKEY_CTX_free(Context);
    break;
  }
  }
  return *Pkey == NULL ? AlgorithmFailure : Success;
}
