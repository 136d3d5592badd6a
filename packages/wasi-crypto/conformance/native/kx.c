// wasi_ephemeral_crypto_kx: the Diffie-Hellman functions; upstream has no encapsulation.

#include "stand-in.h"

enum { SecretLength = 32 }; // upstream's also for P-384, whose secrets have 48 bytes

static int32_t findKxKey(Kind Of, uint32_t Handle, Key **Found) {
  TRY(findKey(Of, Handle, Found));
  return (*Found)->Algorithm->Type == TypeKeyExchange ? Success : InvalidHandle;
}

static int32_t kxDh(const Call *C) {
  uint8_t *Out, Secret[48];
  Key *Public, *Own;
  size_t Length = sizeof Secret;
  TRY(outArgument(C, 2, 4, &Out));
  TRY(findKxKey(KindPublicKey, argument(C, 0), &Public));
  TRY(findKxKey(KindSecretKey, argument(C, 1), &Own));
  if (Public->Algorithm != Own->Algorithm) {
    return InvalidKey;
  }
  EVP_PKEY_CTX *Context = EVP_PKEY_CTX_new_from_pkey(NULL, Own->Pkey, NULL);
  bool Done = Context != NULL && EVP_PKEY_derive_init(Context) > 0 &&
              EVP_PKEY_derive_set_peer(Context, Public->Pkey) > 0 && EVP_PKEY_derive(Context, Secret, &Length) > 0;
  EVP_PKEY_CTX_free(Context);
  return Done ? openArrayOutput(Out, Secret, SecretLength) : InvalidKey;
}

static int32_t kxEncapsulate(const Call *C) {
  uint8_t *Secret, *Encapsulated;
  Key *Public;
  TRY(outArgument(C, 1, 4, &Secret));
  TRY(outArgument(C, 2, 4, &Encapsulated));
  TRY(findKxKey(KindPublicKey, argument(C, 0), &Public));
  return NotImplemented;
}

static int32_t kxDecapsulate(const Call *C) {
  Bytes Encapsulated;
  uint8_t *Out;
  Key *Own;
  TRY(rangeArgument(C, 1, &Encapsulated));
  TRY(outArgument(C, 3, 4, &Out));
  TRY(findKxKey(KindSecretKey, argument(C, 0), &Own));
  return NotImplemented;
}

const Entry KxEntries[] = {
    {"kx_dh", kxDh, "iii"},
    {"kx_encapsulate", kxEncapsulate, "iii"},
    {"kx_decapsulate", kxDecapsulate, "iiii"},
    {NULL, NULL, NULL},
};
