// Encryption with AES-GCM and ChaCha20-Poly1305.

#include "symmetric.h"
#include <string.h>

// Runs the cipher over the data; a tag is made when encrypting and checked when decrypting.
static bool runCipher(const SymmetricState *Of, bool Encrypting, bool WithAbsorbed, uint8_t *Output, const Bytes *Input,
                      uint8_t *Tag) {
  EVP_CIPHER *Cipher = EVP_CIPHER_fetch(NULL, Of->Algorithm->Primitive, NULL);
  EVP_CIPHER_CTX *Context = EVP_CIPHER_CTX_new();
  uint8_t Rest[16];
  int Length = 0;
  bool Done = EVP_CipherInit_ex2(Context, Cipher, Of->Key.Data, Of->Nonce.Data, Encrypting, NULL) > 0;
  if (Done && WithAbsorbed && Of->Absorbed.Length > 0) {
    Done = EVP_CipherUpdate(Context, NULL, &Length, Of->Absorbed.Data, (int)Of->Absorbed.Length) > 0;
  }
  if (Done && !Encrypting) {
    Done = EVP_CIPHER_CTX_ctrl(Context, EVP_CTRL_AEAD_SET_TAG, TagLength, Tag) > 0;
  }
  if (Done && Input->Length > 0) {
    Done = EVP_CipherUpdate(Context, Output, &Length, Input->Data, (int)Input->Length) > 0;
  }
  Done = Done && EVP_CipherFinal_ex(Context, Rest, &Length) > 0;
  if (Done && Encrypting) {
    Done = EVP_CIPHER_CTX_ctrl(Context, EVP_CTRL_AEAD_GET_TAG, TagLength, Tag) > 0;
  }
  EVP_CIPHER_CTX_free(Context);
  EVP_CIPHER_free(Cipher);
  return Done;
}

// The output goes to memory of its own first, because the guest's ranges may overlap.
static int32_t operate(SymmetricState *Of, bool Encrypting, const Bytes *Output, const Bytes *Input, uint8_t *Tag) {
  bool Second = Of->Used;
  if (Second && strcmp(Of->Algorithm->Primitive, "ChaCha20-Poly1305") != 0) {
    return AlgorithmFailure;
  }
  if (Input->Length > INT32_MAX || Of->Absorbed.Length > INT32_MAX) {
    return AlgorithmFailure;
  }
  Of->Used = true;
  uint8_t *Result = allocate(Input->Length);
  // With ChaCha20 upstream uses the nonce again, and forgets what was absorbed.
  bool Done = runCipher(Of, Encrypting, !Second, Result, Input, Tag);
  if (Done) {
    memcpy(Output->Data, Result, Input->Length);
  } else {
    memset(Output->Data, 0, Output->Length);
  }
  OPENSSL_clear_free(Result, Input->Length);
  return Done ? Success : Encrypting ? AlgorithmFailure : InvalidTag;
}

static int32_t findAead(const Call *C, SymmetricState **Found) {
  TRY(findState(argument(C, 0), Found));
  return (*Found)->Algorithm->Construction == Aead ? Success : InvalidOperation;
}

int32_t symmetricStateMaxTagLen(const Call *C) {
  uint8_t *Out;
  SymmetricState *Of;
  TRY(outArgument(C, 1, 4, &Out));
  TRY(findAead(C, &Of));
  writeU32(Out, TagLength);
  return Success;
}

int32_t symmetricStateEncrypt(const Call *C) {
  Bytes Output, Input;
  uint8_t *Out, Tag[TagLength];
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Output));
  TRY(rangeArgument(C, 3, &Input));
  TRY(outArgument(C, 5, 4, &Out));
  TRY(findAead(C, &Of));
  if (Output.Length != Input.Length + TagLength) {
    return InvalidLength;
  }
  const Bytes Ciphertext = {Output.Data, Input.Length};
  TRY(operate(Of, true, &Ciphertext, &Input, Tag));
  memcpy(Output.Data + Input.Length, Tag, TagLength);
  writeU32(Out, (uint32_t)Output.Length);
  return Success;
}

int32_t symmetricStateEncryptDetached(const Call *C) {
  Bytes Output, Input;
  uint8_t *Out, Tag[TagLength];
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Output));
  TRY(rangeArgument(C, 3, &Input));
  TRY(outArgument(C, 5, 4, &Out));
  if (Output.Length != Input.Length) {
    return InvalidLength;
  }
  TRY(findAead(C, &Of));
  TRY(operate(Of, true, &Output, &Input, Tag));
  return openTag(Out, Tag, TagLength);
}

int32_t symmetricStateDecrypt(const Call *C) {
  Bytes Output, Input;
  uint8_t *Out, Tag[TagLength];
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Output));
  TRY(rangeArgument(C, 3, &Input));
  TRY(outArgument(C, 5, 4, &Out));
  TRY(findAead(C, &Of));
  if (Input.Length != Output.Length + TagLength) {
    return InvalidLength;
  }
  memcpy(Tag, Input.Data + Output.Length, TagLength);
  const Bytes Ciphertext = {Input.Data, Output.Length};
  TRY(operate(Of, false, &Output, &Ciphertext, Tag));
  writeU32(Out, (uint32_t)Output.Length);
  return Success;
}

int32_t symmetricStateDecryptDetached(const Call *C) {
  Bytes Output, Input, Given;
  uint8_t *Out, *Whole, Tag[TagLength];
  SymmetricState *Of;
  TRY(rangeArgument(C, 1, &Output));
  TRY(rangeArgument(C, 3, &Input));
  TRY(rangeArgument(C, 5, &Given));
  TRY(outArgument(C, 7, 4, &Out));
  if (Output.Length != Input.Length) {
    return InvalidLength;
  }
  TRY(findAead(C, &Of));
  // Upstream reads 16 bytes, however long the tag is said to be. Here they must be the guest's.
  TRY(guestRange(C, argument(C, 5), TagLength, &Whole));
  memcpy(Tag, Whole, TagLength);
  TRY(operate(Of, false, &Output, &Input, Tag));
  writeU32(Out, (uint32_t)Output.Length);
  return Success;
}
