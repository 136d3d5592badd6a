// wasi_ephemeral_crypto_asymmetric_common: key pairs, public keys and secret keys.

#include "stand-in.h"

enum { KeyPairEncodings = 4, HalfEncodings = 5 }; // `local` is the last of each

// The type and the algorithm's name that begin an argument list at `Index`.
static int32_t algorithmArguments(const Call *C, int Index, const KeyAlgorithm **Algorithm) {
  uint32_t Type = argument(C, Index) & 0xffff;
  Bytes Name;
  if (Type >= TypeCount) {
    return UnsupportedAlgorithm;
  }
  TRY(rangeArgument(C, Index + 1, &Name));
  return findKeyAlgorithm(Type, &Name, Algorithm);
}

static int32_t import(const Call *C, Kind Of, uint32_t Encodings, int32_t OtherwiseCode) {
  const KeyAlgorithm *Algorithm;
  Bytes Encoded;
  uint8_t *Out;
  EVP_PKEY *Pkey;
  TRY(algorithmArguments(C, 0, &Algorithm));
  TRY(rangeArgument(C, 3, &Encoded));
  uint32_t Encoding = argument(C, 5) & 0xffff;
  if (Encoding >= Encodings) {
    return OtherwiseCode;
  }
  TRY(outArgument(C, 6, 4, &Out));
  TRY(importKey(Of, Algorithm, Encoding, &Encoded, &Pkey));
  bool LacksPublic = Of == KindSecretKey && Encoding == EncodingRaw && isEcKey(Algorithm);
  return openKey(Of, Out, Algorithm, Pkey, LacksPublic);
}

static int32_t export(const Call *C, Kind Of, uint32_t Encodings) {
  uint32_t Encoding = argument(C, 1) & 0xffff;
  uint8_t *Out;
  Key *From;
  Bytes Encoded = {NULL, 0};
  if (Encoding >= Encodings) {
    return UnsupportedEncoding;
  }
  TRY(outArgument(C, 2, 4, &Out));
  TRY(findKey(Of, argument(C, 0), &From));
  int32_t Code = exportKey(Of, From, Encoding, &Encoded);
  if (Code == Success) {
    openArrayOutput(Out, Encoded.Data, Encoded.Length);
  }
  clear(&Encoded);
  return Code;
}

static int32_t share(const Call *C, Kind Of, Kind As) {
  uint8_t *Out;
  Key *From;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findKey(Of, argument(C, 0), &From));
  return shareKey(As, Out, From);
}

// ---- key pairs

static int32_t keypairGenerate(const Call *C) {
  const KeyAlgorithm *Algorithm;
  bool HasOptions;
  uint32_t Options;
  uint8_t *Out;
  EVP_PKEY *Pkey;
  TRY(algorithmArguments(C, 0, &Algorithm));
  TRY(optionalHandle(C, 3, &HasOptions, &Options));
  TRY(outArgument(C, 4, 4, &Out));
  // Upstream takes no options, whatever their type.
  if (HasOptions) {
    return InvalidHandle;
  }
  TRY(generateKey(Algorithm, &Pkey));
  return openKey(KindKeyPair, Out, Algorithm, Pkey, false);
}

static int32_t keypairImport(const Call *C) { return import(C, KindKeyPair, KeyPairEncodings, AlgorithmFailure); }

static int32_t keypairExport(const Call *C) { return export(C, KindKeyPair, KeyPairEncodings); }

static int32_t keypairPublickey(const Call *C) { return share(C, KindKeyPair, KindPublicKey); }

static int32_t keypairSecretkey(const Call *C) { return share(C, KindKeyPair, KindSecretKey); }

static int32_t keypairClose(const Call *C) { return closeOr(KindKeyPair, argument(C, 0), AlgorithmFailure); }

static int32_t keypairFromPkAndSk(const Call *C) {
  uint8_t *Out;
  Key *Public, *Secret;
  TRY(outArgument(C, 2, 4, &Out));
  TRY(findKey(KindPublicKey, argument(C, 0), &Public));
  TRY(findKey(KindSecretKey, argument(C, 1), &Secret));
  return Public->Algorithm == Secret->Algorithm ? NotImplemented : InvalidKey;
}

static int32_t keypairGenerateManaged(const Call *C) {
  const KeyAlgorithm *Algorithm;
  bool HasOptions;
  uint32_t Options;
  uint8_t *Out;
  TRY(algorithmArguments(C, 1, &Algorithm));
  TRY(optionalHandle(C, 4, &HasOptions, &Options));
  TRY(outArgument(C, 5, 4, &Out));
  return NotImplemented;
}

// ---- public keys

static int32_t publickeyImport(const Call *C) { return import(C, KindPublicKey, HalfEncodings, UnsupportedEncoding); }

static int32_t publickeyExport(const Call *C) { return export(C, KindPublicKey, HalfEncodings); }

static int32_t publickeyVerify(const Call *C) {
  Key *Checked;
  TRY(findKey(KindPublicKey, argument(C, 0), &Checked));
  if (!isRsaKey(Checked->Algorithm)) {
    return NotImplemented;
  }
  // Upstream checks the whole key, so a public key that was imported never passes.
  EVP_PKEY_CTX *Context = EVP_PKEY_CTX_new_from_pkey(NULL, Checked->Pkey, NULL);
  bool Good = Context != NULL && EVP_PKEY_check(Context) == 1;
  EVP_PKEY_CTX_free(Context);
  return Good ? Success : InvalidKey;
}

static int32_t publickeyFromSecretkey(const Call *C) { return share(C, KindSecretKey, KindPublicKey); }

static int32_t publickeyClose(const Call *C) { return closeOr(KindPublicKey, argument(C, 0), Closed); }

// ---- secret keys

static int32_t secretkeyImport(const Call *C) { return import(C, KindSecretKey, HalfEncodings, UnsupportedEncoding); }

static int32_t secretkeyExport(const Call *C) { return export(C, KindSecretKey, HalfEncodings); }

static int32_t secretkeyClose(const Call *C) { return closeOr(KindSecretKey, argument(C, 0), AlgorithmFailure); }

const Entry AsymmetricCommonEntries[] = {
    {"keypair_generate", keypairGenerate, "iiiii"},
    {"keypair_import", keypairImport, "iiiiiii"},
    {"keypair_export", keypairExport, "iii"},
    {"keypair_publickey", keypairPublickey, "ii"},
    {"keypair_secretkey", keypairSecretkey, "ii"},
    {"keypair_close", keypairClose, "i"},
    {"keypair_from_pk_and_sk", keypairFromPkAndSk, "iii"},
    {"keypair_generate_managed", keypairGenerateManaged, "iiiiii"},
    {"keypair_store_managed", storeManaged, "iiii"},
    {"keypair_replace_managed", replaceManaged, "iiii"},
    {"keypair_id", managedId, "iiiii"},
    {"keypair_from_id", managedFromId, "iiili"},
    {"publickey_import", publickeyImport, "iiiiiii"},
    {"publickey_export", publickeyExport, "iii"},
    {"publickey_verify", publickeyVerify, "i"},
    {"publickey_from_secretkey", publickeyFromSecretkey, "ii"},
    {"publickey_close", publickeyClose, "i"},
    {"secretkey_import", secretkeyImport, "iiiiiii"},
    {"secretkey_export", secretkeyExport, "iii"},
    {"secretkey_close", secretkeyClose, "i"},
    {NULL, NULL, NULL},
};
