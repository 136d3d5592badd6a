// What the files of the stand-in share. The stand-in is a plug-in with the name, modules, functions and signatures of WasmEdge's
// WASI-Crypto plug-in, on the C API of plug-ins and OpenSSL 3. The released one is written in C++ and cannot be built without the
// sources of WasmEdge; this one lets its loading and its calls be tested where it is absent. It answers as the released 0.14.1 does,
// harmless defects included. Those that would read or write memory that is not theirs are left out: such a call answers an error.
//
// It serves tests. It is not fast, and states keep all that they absorb.

#ifndef WASI_CRYPTO_STAND_IN_H
#define WASI_CRYPTO_STAND_IN_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wasmedge/wasmedge.h>

// The codes that the functions answer.
enum Errno {
  Success = 0,
  NotImplemented = 2,
  UnsupportedFeature = 3,
  UnsupportedEncoding = 5,
  UnsupportedAlgorithm = 6,
  UnsupportedOption = 7,
  InvalidKey = 8,
  InvalidLength = 9,
  VerificationFailed = 10,
  AlgorithmFailure = 12,
  InvalidSignature = 13,
  Closed = 14,
  InvalidHandle = 15,
  Overflow = 16,
  KeyNotSupported = 19,
  KeyRequired = 20,
  InvalidTag = 21,
  InvalidOperation = 22,
  NonceRequired = 23,
  InvalidNonce = 24,
};

#define TRY(EXPRESSION)                                                                                                \
  do {                                                                                                                 \
    int32_t Code_ = (EXPRESSION);                                                                                      \
    if (Code_ != Success) {                                                                                            \
      return Code_;                                                                                                    \
    }                                                                                                                  \
  } while (0)

// ---- bytes.c

typedef struct Bytes {
  uint8_t *Data; // Never null when the length is not 0.
  size_t Length;
} Bytes;

void *allocate(size_t Size); // zeroed
void append(Bytes *To, const void *From, size_t Length);
Bytes copyOf(const void *From, size_t Length);
void clear(Bytes *Of);

// ---- call.c: the arguments of one call, and the guest's memory

typedef struct Call {
  WasmEdge_MemoryInstanceContext *Memory;
  const WasmEdge_Value *Params;
} Call;

uint32_t argument(const Call *C, int Index);
// Every range that is not all in the guest's memory answers AlgorithmFailure.
int32_t guestRange(const Call *C, uint32_t Offset, uint64_t Length, uint8_t **Data);
// The range whose offset and length are the arguments `Index` and `Index + 1`.
int32_t rangeArgument(const Call *C, int Index, Bytes *Range);
// The u32, u64 or handle that an argument points to, to be written at the end.
int32_t outArgument(const Call *C, int Index, size_t Size, uint8_t **Out);
void writeU32(uint8_t *Out, uint32_t Value);
// A record of a tag and a handle; any tag other than 1 means that there is a handle.
int32_t optionalHandle(const Call *C, int Index, bool *Present, uint32_t *Handle);
bool equalsIgnoringCase(const Bytes *Text, const char *Name);

// ---- handles.c

typedef enum Kind {
  KindArrayOutput,
  KindOptions,
  KindVerificationState,
  KindPublicKey,
  KindSecretKey,
  KindKeyPair,
  KindSignature,
  KindSignatureState,
  KindSymmetricState,
  KindSymmetricKey,
  KindTag,
  KindCount,
} Kind;

uint32_t openHandle(Kind Of, void *Object, void (*Destroy)(void *));
int32_t findHandle(Kind Of, uint32_t Handle, void **Object);
bool closeHandle(Kind Of, uint32_t Handle);
void closeAllHandles(void);
int32_t closeOr(Kind Of, uint32_t Handle, int32_t Otherwise);
int32_t openArrayOutput(uint8_t *Out, const void *Data, size_t Length);

// ---- common.c

enum AlgorithmType { TypeSignatures, TypeSymmetric, TypeKeyExchange, TypeCount };

typedef struct Options {
  uint32_t Type;
  Bytes Nonce;
  bool HasNonce;
} Options;

// ---- keys.c

typedef enum Family { FamilyEcdsa, FamilyEd25519, FamilyRsaPkcs1, FamilyRsaPss, FamilyX25519, FamilyEcdh } Family;

typedef struct KeyAlgorithm {
  const char *Name;
  uint32_t Type;
  Family Family;
  const char *Curve;  // OpenSSL's name; null where there is no curve to choose
  const char *Digest; // null where the algorithm has its own
  int ModulusBits;    // of RSA only
} KeyAlgorithm;

// What key pairs, public keys and secret keys are. Handles that were derived from one another share the OpenSSL key.
typedef struct Key {
  const KeyAlgorithm *Algorithm;
  EVP_PKEY *Pkey;
  // A secret key that was imported as a raw scalar: upstream does not compute the public half.
  bool LacksPublic;
} Key;

int32_t findKeyAlgorithm(uint32_t Type, const Bytes *Name, const KeyAlgorithm **Algorithm);
int32_t openKey(Kind Of, uint8_t *Out, const KeyAlgorithm *Algorithm, EVP_PKEY *Pkey, bool LacksPublic);
int32_t shareKey(Kind Of, uint8_t *Out, const Key *From);
int32_t findKey(Kind Of, uint32_t Handle, Key **Found);
int32_t generateKey(const KeyAlgorithm *Algorithm, EVP_PKEY **Pkey);
bool isEcKey(const KeyAlgorithm *Algorithm);
bool isRsaKey(const KeyAlgorithm *Algorithm);

// ---- key-encodings.c

// The numbers of raw, pkcs8 and pem are the same for all kinds of keys; sec is not known to key pairs.
enum KeyEncoding { EncodingRaw, EncodingPkcs8, EncodingPem, EncodingSec };

int32_t importKey(Kind Of, const KeyAlgorithm *Algorithm, uint32_t Encoding, const Bytes *Encoded, EVP_PKEY **Pkey);
int32_t exportKey(Kind Of, const Key *From, uint32_t Encoding, Bytes *Encoded);

// ---- managed.c

int32_t storeManaged(const Call *C);
int32_t replaceManaged(const Call *C);
int32_t managedId(const Call *C);
int32_t managedFromId(const Call *C);

// ---- the five modules

typedef struct Entry {
  const char *Name;
  int32_t (*Function)(const Call *C);
  const char *Params; // one letter each: i for i32, l for i64
} Entry;

extern const Entry CommonEntries[];
extern const Entry AsymmetricCommonEntries[];
extern const Entry KxEntries[];
extern const Entry SignaturesEntries[];
extern const Entry SymmetricEntries[];

#endif
