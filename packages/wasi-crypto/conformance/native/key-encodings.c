// Import and export of keys. Upstream takes and gives the same encodings.

#include "stand-in.h"
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

enum { RawLength = 32 }; // of scalars and raw keys; upstream has no other, also for P-384

static bool hasEncoding(Kind Of, const KeyAlgorithm *Algorithm, uint32_t Encoding) {
  if (Algorithm->Family == FamilyEd25519 || Algorithm->Family == FamilyX25519) {
    return Encoding == EncodingRaw;
  }
  switch (Encoding) {
  case EncodingRaw:
    return isEcKey(Algorithm) && Of != KindPublicKey;
  case EncodingPkcs8:
  case EncodingPem:
    return true;
  case EncodingSec:
    return isEcKey(Algorithm) && Of == KindPublicKey;
  default:
    return false;
  }
}

// ---- import

static EVP_PKEY *fromParameters(OSSL_PARAM_BLD *Builder, int Selection) {
  EVP_PKEY *Pkey = NULL;
  OSSL_PARAM *Parameters = OSSL_PARAM_BLD_to_param(Builder);
  EVP_PKEY_CTX *Context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
  if (Parameters == NULL || Context == NULL || EVP_PKEY_fromdata_init(Context) <= 0 ||
      EVP_PKEY_fromdata(Context, &Pkey, Selection, Parameters) <= 0) {
    Pkey = NULL;
  }
  EVP_PKEY_CTX_free(Context);
  OSSL_PARAM_free(Parameters);
  return Pkey;
}

static EVP_PKEY *ecPublicKey(const char *Curve, const uint8_t *Point, size_t Length) {
  OSSL_PARAM_BLD *Builder = OSSL_PARAM_BLD_new();
  EVP_PKEY *Pkey = NULL;
  if (OSSL_PARAM_BLD_push_utf8_string(Builder, OSSL_PKEY_PARAM_GROUP_NAME, Curve, 0) &&
      OSSL_PARAM_BLD_push_octet_string(Builder, OSSL_PKEY_PARAM_PUB_KEY, Point, Length)) {
    Pkey = fromParameters(Builder, EVP_PKEY_PUBLIC_KEY);
  }
  OSSL_PARAM_BLD_free(Builder);
  return Pkey;
}

// The key of a scalar, with the point that belongs to it.
static EVP_PKEY *ecPrivateKey(const char *Curve, const uint8_t *Scalar, size_t Length) {
  EC_GROUP *Group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(Curve));
  BIGNUM *Number = BN_bin2bn(Scalar, (int)Length, NULL);
  EC_POINT *Point = EC_POINT_new(Group);
  OSSL_PARAM_BLD *Builder = OSSL_PARAM_BLD_new();
  uint8_t Encoded[133];
  EVP_PKEY *Pkey = NULL;
  if (!BN_is_zero(Number) && BN_cmp(Number, EC_GROUP_get0_order(Group)) < 0 &&
      EC_POINT_mul(Group, Point, Number, NULL, NULL, NULL)) {
    size_t Size = EC_POINT_point2oct(Group, Point, POINT_CONVERSION_UNCOMPRESSED, Encoded, sizeof Encoded, NULL);
    if (OSSL_PARAM_BLD_push_utf8_string(Builder, OSSL_PKEY_PARAM_GROUP_NAME, Curve, 0) &&
        OSSL_PARAM_BLD_push_octet_string(Builder, OSSL_PKEY_PARAM_PUB_KEY, Encoded, Size) &&
        OSSL_PARAM_BLD_push_BN(Builder, OSSL_PKEY_PARAM_PRIV_KEY, Number)) {
      Pkey = fromParameters(Builder, EVP_PKEY_KEYPAIR);
    }
  }
  OSSL_PARAM_BLD_free(Builder);
  EC_POINT_free(Point);
  BN_clear_free(Number);
  EC_GROUP_free(Group);
  return Pkey;
}

static EVP_PKEY *importRaw(Kind Of, const KeyAlgorithm *Algorithm, const Bytes *Encoded) {
  const int Type = Algorithm->Family == FamilyX25519 ? EVP_PKEY_X25519 : EVP_PKEY_ED25519;
  const size_t Length = Encoded->Length;
  if (isEcKey(Algorithm)) {
    return Length == RawLength ? ecPrivateKey(Algorithm->Curve, Encoded->Data, Length) : NULL;
  }
  if (Of == KindPublicKey) {
    return Length == RawLength ? EVP_PKEY_new_raw_public_key(Type, NULL, Encoded->Data, Length) : NULL;
  }
  if (Of == KindSecretKey) {
    return Length == RawLength ? EVP_PKEY_new_raw_private_key(Type, NULL, Encoded->Data, Length) : NULL;
  }
  // The public half is computed anew: Ed25519 has it behind the secret one, X25519 before it.
  const uint8_t *Secret = Encoded->Data + (Algorithm->Family == FamilyX25519 ? RawLength : 0);
  return Length == 2 * RawLength ? EVP_PKEY_new_raw_private_key(Type, NULL, Secret, RawLength) : NULL;
}

// Nobody is there to type a password.
static int refusePassword(char *Buffer, int Size, int Writing, void *Unused) {
  (void)Buffer, (void)Size, (void)Writing, (void)Unused;
  return -1;
}

static EVP_PKEY *importStructure(Kind Of, uint32_t Encoding, const Bytes *Encoded) {
  const uint8_t *Start = Encoded->Data;
  if (Encoded->Length > INT32_MAX) {
    return NULL;
  }
  if (Encoding == EncodingPkcs8) {
    return Of == KindPublicKey ? d2i_PUBKEY(NULL, &Start, (long)Encoded->Length)
                               : d2i_AutoPrivateKey(NULL, &Start, (long)Encoded->Length);
  }
  BIO *Input = BIO_new_mem_buf(Encoded->Data, (int)Encoded->Length);
  EVP_PKEY *Pkey = Of == KindPublicKey ? PEM_read_bio_PUBKEY(Input, NULL, refusePassword, NULL)
                                       : PEM_read_bio_PrivateKey(Input, NULL, refusePassword, NULL);
  BIO_free(Input);
  return Pkey;
}

static bool fits(const KeyAlgorithm *Algorithm, const EVP_PKEY *Pkey) {
  char Curve[64];
  size_t Length;
  if (isRsaKey(Algorithm)) {
    return (EVP_PKEY_is_a(Pkey, "RSA") || EVP_PKEY_is_a(Pkey, "RSA-PSS")) &&
           EVP_PKEY_get_bits(Pkey) == Algorithm->ModulusBits;
  }
  if (!isEcKey(Algorithm)) {
    return true;
  }
  if (!EVP_PKEY_is_a(Pkey, "EC") || !EVP_PKEY_get_group_name(Pkey, Curve, sizeof Curve, &Length)) {
    return false;
  }
  return OBJ_txt2nid(Curve) == OBJ_txt2nid(Algorithm->Curve);
}

int32_t importKey(Kind Of, const KeyAlgorithm *Algorithm, uint32_t Encoding, const Bytes *Encoded, EVP_PKEY **Pkey) {
  if (!hasEncoding(Of, Algorithm, Encoding)) {
    return UnsupportedEncoding;
  }
  *Pkey = Encoding == EncodingRaw   ? importRaw(Of, Algorithm, Encoded)
          : Encoding == EncodingSec ? ecPublicKey(Algorithm->Curve, Encoded->Data, Encoded->Length)
                                    : importStructure(Of, Encoding, Encoded);
  if (*Pkey == NULL) {
    return InvalidKey;
  }
  if (!fits(Algorithm, *Pkey)) {
    EVP_PKEY_free(*Pkey);
    return InvalidKey;
  }
  return Success;
}

// ---- export

static int32_t exportScalar(const Key *From, Bytes *Encoded) {
  // Upstream gives P-384 scalars 32 bytes and writes beyond them.
  if (strcmp(From->Algorithm->Curve, "secp384r1") == 0) {
    return AlgorithmFailure;
  }
  BIGNUM *Number = NULL;
  uint8_t Scalar[RawLength] = {0};
  if (!EVP_PKEY_get_bn_param(From->Pkey, OSSL_PKEY_PARAM_PRIV_KEY, &Number)) {
    return AlgorithmFailure;
  }
  // At the left end, as upstream has it: wrong for numbers that begin with zero bytes.
  BN_bn2bin(Number, Scalar);
  BN_clear_free(Number);
  *Encoded = copyOf(Scalar, RawLength);
  return Success;
}

static int32_t exportRaw(Kind Of, const Key *From, Bytes *Encoded) {
  if (isEcKey(From->Algorithm)) {
    return exportScalar(From, Encoded);
  }
  uint8_t Secret[RawLength], Public[RawLength];
  size_t Length = RawLength;
  if (Of != KindSecretKey && EVP_PKEY_get_raw_public_key(From->Pkey, Public, &Length) <= 0) {
    return AlgorithmFailure;
  }
  if (Of != KindPublicKey && EVP_PKEY_get_raw_private_key(From->Pkey, Secret, &Length) <= 0) {
    return AlgorithmFailure;
  }
  if (Of == KindKeyPair && From->Algorithm->Family == FamilyX25519) {
    append(Encoded, Public, RawLength);
    append(Encoded, Secret, RawLength);
    return Success;
  }
  if (Of != KindPublicKey) {
    append(Encoded, Secret, RawLength);
  }
  if (Of != KindSecretKey) {
    append(Encoded, Public, RawLength);
  }
  return Success;
}

static int32_t exportPoint(const Key *From, Bytes *Encoded) {
  uint8_t Point[65];
  size_t Length;
  // Upstream has room for 32 bytes per coordinate: 65 in all.
  if (!EVP_PKEY_get_octet_string_param(From->Pkey, OSSL_PKEY_PARAM_PUB_KEY, Point, sizeof Point, &Length)) {
    return AlgorithmFailure;
  }
  if (Length == sizeof Point) {
    *Encoded = copyOf(Point, Length);
    return Success;
  }
  // A point that was imported compressed.
  uint8_t X[RawLength] = {0}, Y[RawLength] = {0};
  BIGNUM *Numbers[2] = {NULL, NULL};
  bool Done = EVP_PKEY_get_bn_param(From->Pkey, OSSL_PKEY_PARAM_EC_PUB_X, &Numbers[0]) &&
              EVP_PKEY_get_bn_param(From->Pkey, OSSL_PKEY_PARAM_EC_PUB_Y, &Numbers[1]) &&
              BN_bn2binpad(Numbers[0], X, RawLength) > 0 && BN_bn2binpad(Numbers[1], Y, RawLength) > 0;
  BN_free(Numbers[0]);
  BN_free(Numbers[1]);
  if (!Done) {
    return AlgorithmFailure;
  }
  append(Encoded, "\x04", 1);
  append(Encoded, X, RawLength);
  append(Encoded, Y, RawLength);
  return Success;
}

static int32_t exportDer(Kind Of, const Key *From, Bytes *Encoded) {
  uint8_t *Der = NULL;
  int Length;
  if (Of == KindPublicKey) {
    Length = i2d_PUBKEY(From->Pkey, &Der);
  } else if (Of == KindSecretKey && isEcKey(From->Algorithm)) {
    PKCS8_PRIV_KEY_INFO *Info = EVP_PKEY2PKCS8(From->Pkey);
    Length = Info == NULL ? -1 : i2d_PKCS8_PRIV_KEY_INFO(Info, &Der);
    PKCS8_PRIV_KEY_INFO_free(Info);
  } else {
    // The structure of the key's own kind where it has one, as upstream does at 0.14.1.
    Length = i2d_PrivateKey(From->Pkey, &Der);
  }
  if (Length <= 0) {
    return AlgorithmFailure;
  }
  *Encoded = copyOf(Der, (size_t)Length);
  OPENSSL_clear_free(Der, (size_t)Length);
  return Success;
}

static int32_t exportPem(Kind Of, const Key *From, Bytes *Encoded) {
  BIO *Output = BIO_new(BIO_s_mem());
  int Written = Of == KindPublicKey ? PEM_write_bio_PUBKEY(Output, From->Pkey)
                                    : PEM_write_bio_PKCS8PrivateKey(Output, From->Pkey, NULL, NULL, 0, NULL, NULL);
  char *Text = NULL;
  long Length = BIO_get_mem_data(Output, &Text);
  if (Written > 0) {
    *Encoded = copyOf(Text, (size_t)Length);
  }
  BIO_free(Output);
  return Written > 0 ? Success : AlgorithmFailure;
}

int32_t exportKey(Kind Of, const Key *From, uint32_t Encoding, Bytes *Encoded) {
  if (!hasEncoding(Of, From->Algorithm, Encoding)) {
    return UnsupportedEncoding;
  }
  if (From->LacksPublic && (Of == KindPublicKey || Encoding != EncodingRaw)) {
    return AlgorithmFailure;
  }
  switch (Encoding) {
  case EncodingRaw:
    return exportRaw(Of, From, Encoded);
  case EncodingPkcs8:
    return exportDer(Of, From, Encoded);
  case EncodingPem:
    return exportPem(Of, From, Encoded);
  default:
    return exportPoint(From, Encoded);
  }
}
