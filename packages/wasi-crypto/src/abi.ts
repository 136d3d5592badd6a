import { signature } from '@wasmedge-plugins/core';

/** The plug-in's WasmEdge name. */
export const wasiCryptoPluginName = 'wasi_crypto';

/** The wasm modules that guests import the functions from; the same from WasmEdge 0.11.0 to 0.17.1. */
export const wasiCryptoModuleNames = {
  /** Options, outputs of variable size, and the secrets manager. */
  common: 'wasi_ephemeral_crypto_common',
  /** Key pairs, public and secret keys. */
  asymmetricCommon: 'wasi_ephemeral_crypto_asymmetric_common',
  /** Key agreement and key encapsulation. */
  kx: 'wasi_ephemeral_crypto_kx',
  /** Signatures and their states. */
  signatures: 'wasi_ephemeral_crypto_signatures',
  /** Hashes, message authentication, key derivation and authenticated encryption. */
  symmetric: 'wasi_ephemeral_crypto_symmetric',
} as const;

/** Options, outputs of variable size, and the secrets manager. */
export const commonSignatures = {
  /** (output): the length of an output in bytes. */
  array_output_len: signature(['i32', 'i32'], ['i32']),
  /** (output, buffer): copies bytes of an output; their number. Once all have been copied, the output is closed. */
  array_output_pull: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (options): releases options. */
  options_close: signature(['i32'], ['i32']),
  /** (algorithm type): makes options, all unset. */
  options_open: signature(['i32', 'i32'], ['i32']),
  /** (options, name, bytes): sets an option that is bytes, such as `nonce`. */
  options_set: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (options, name, buffer): sets an option that is a guest's buffer. */
  options_set_guest_buffer: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (options, name, number): sets an option that is an unsigned 64-bit integer. */
  options_set_u64: signature(['i32', 'i32', 'i32', 'i64'], ['i32']),
  /** (manager): releases a secrets manager; its keys stay. */
  secrets_manager_close: signature(['i32'], ['i32']),
  /** (manager, id, version): invalidates a key, or all of its versions. */
  secrets_manager_invalidate: signature(['i32', 'i32', 'i32', 'i64'], ['i32']),
  /** (options or none): opens the keys that the host keeps. */
  secrets_manager_open: signature(['i32', 'i32'], ['i32']),
} as const;

/** Key pairs, public and secret keys. */
export const asymmetricCommonSignatures = {
  /** (pair): releases a key pair. */
  keypair_close: signature(['i32'], ['i32']),
  /** (pair, encoding): the pair as an output. */
  keypair_export: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (manager, id, version): a pair that the manager keeps. */
  keypair_from_id: signature(['i32', 'i32', 'i32', 'i64', 'i32'], ['i32']),
  /** (public key, secret key): a pair of two keys that belong together. */
  keypair_from_pk_and_sk: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (algorithm type, algorithm, options or none): a new pair. */
  keypair_generate: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (manager, algorithm type, algorithm, options or none): a new pair that the manager keeps. */
  keypair_generate_managed: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (pair, buffer): copies the id of a pair that a manager keeps; its length and version. */
  keypair_id: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (algorithm type, algorithm, bytes, encoding): a pair from bytes. */
  keypair_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (pair): its public key. */
  keypair_publickey: signature(['i32', 'i32'], ['i32']),
  /** (manager, old pair, new pair): replaces a pair with another; its version. */
  keypair_replace_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (pair): its secret key. */
  keypair_secretkey: signature(['i32', 'i32'], ['i32']),
  /** (manager, pair, buffer): has the manager keep a pair; copies its id. */
  keypair_store_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (public key): releases a public key. */
  publickey_close: signature(['i32'], ['i32']),
  /** (public key, encoding): the key as an output. */
  publickey_export: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (secret key): the public key that belongs to it. */
  publickey_from_secretkey: signature(['i32', 'i32'], ['i32']),
  /** (algorithm type, algorithm, bytes, encoding): a public key from bytes. */
  publickey_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (public key): checks what importing does not. */
  publickey_verify: signature(['i32'], ['i32']),
  /** (secret key): releases a secret key. */
  secretkey_close: signature(['i32'], ['i32']),
  /** (secret key, encoding): the key as an output. */
  secretkey_export: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (algorithm type, algorithm, bytes, encoding): a secret key from bytes. */
  secretkey_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
} as const;

/** Key agreement and key encapsulation. */
export const kxSignatures = {
  /** (secret key, bytes): the secret that was encapsulated for the key, as an output. */
  kx_decapsulate: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (public key, secret key): the secret that both sides share, as an output. */
  kx_dh: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (public key): a new secret, and its encapsulation, as two outputs. */
  kx_encapsulate: signature(['i32', 'i32', 'i32'], ['i32']),
} as const;

/** Signatures and their states. */
export const signatureSignatures = {
  /** (signature): releases a signature. */
  signature_close: signature(['i32'], ['i32']),
  /** (signature, encoding): the signature as an output. */
  signature_export: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (algorithm, bytes, encoding): a signature from bytes. */
  signature_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state): releases a state. */
  signature_state_close: signature(['i32'], ['i32']),
  /** (pair): begins to sign. */
  signature_state_open: signature(['i32', 'i32'], ['i32']),
  /** (state): the signature of all bytes so far. */
  signature_state_sign: signature(['i32', 'i32'], ['i32']),
  /** (state, bytes): adds bytes to the message. */
  signature_state_update: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (state): releases a state. */
  signature_verification_state_close: signature(['i32'], ['i32']),
  /** (public key): begins to verify. */
  signature_verification_state_open: signature(['i32', 'i32'], ['i32']),
  /** (state, bytes): adds bytes to the message. */
  signature_verification_state_update: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (state, signature): whether it is one of all bytes so far; the answer is the error code. */
  signature_verification_state_verify: signature(['i32', 'i32'], ['i32']),
} as const;

/** Hashes, message authentication, key derivation and authenticated encryption. */
export const symmetricSignatures = {
  /** (key): releases a key. */
  symmetric_key_close: signature(['i32'], ['i32']),
  /** (key): the key as an output. */
  symmetric_key_export: signature(['i32', 'i32'], ['i32']),
  /** (manager, id, version): a key that the manager keeps. */
  symmetric_key_from_id: signature(['i32', 'i32', 'i32', 'i64', 'i32'], ['i32']),
  /** (algorithm, options or none): a new key. */
  symmetric_key_generate: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (manager, algorithm, options or none): a new key that the manager keeps. */
  symmetric_key_generate_managed: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (key, buffer): copies the id of a key that a manager keeps; its length and version. */
  symmetric_key_id: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (algorithm, bytes): a key from bytes. */
  symmetric_key_import: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (manager, old key, new key): replaces a key with another; its version. */
  symmetric_key_replace_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (manager, key, buffer): has the manager keep a key; copies its id. */
  symmetric_key_store_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state, bytes): adds bytes to what is hashed or authenticated, the salt, or what a key is for. */
  symmetric_state_absorb: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (state): a second state that continues from here. */
  symmetric_state_clone: signature(['i32', 'i32'], ['i32']),
  /** (state): releases a state. */
  symmetric_state_close: signature(['i32'], ['i32']),
  /** (state, buffer, ciphertext with its tag): the plaintext; its length. */
  symmetric_state_decrypt: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state, buffer, ciphertext, tag): the plaintext; its length. */
  symmetric_state_decrypt_detached: signature(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    ['i32'],
  ),
  /** (state, buffer, plaintext): the ciphertext with its tag; its length. */
  symmetric_state_encrypt: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state, buffer, plaintext): the ciphertext; a handle of its tag. */
  symmetric_state_encrypt_detached: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state): the number of tag bytes after the ciphertext. */
  symmetric_state_max_tag_len: signature(['i32', 'i32'], ['i32']),
  /** (algorithm, key or none, options or none): begins an operation. */
  symmetric_state_open: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state, name, buffer): copies an option that is bytes; its length. */
  symmetric_state_options_get: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state, name): an option that is an unsigned 64-bit integer. */
  symmetric_state_options_get_u64: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state): makes what was absorbed irreversible; no algorithm here has it. */
  symmetric_state_ratchet: signature(['i32'], ['i32']),
  /** (state, buffer): fills the buffer with bytes of a hash or a derived key. */
  symmetric_state_squeeze: signature(['i32', 'i32', 'i32'], ['i32']),
  /** (state, algorithm): a derived key for the algorithm. */
  symmetric_state_squeeze_key: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (state): the tag of all bytes so far. */
  symmetric_state_squeeze_tag: signature(['i32', 'i32'], ['i32']),
  /** (tag): releases a tag. */
  symmetric_tag_close: signature(['i32'], ['i32']),
  /** (tag): the length of a tag in bytes. */
  symmetric_tag_len: signature(['i32', 'i32'], ['i32']),
  /** (tag, buffer): copies a tag; its length. */
  symmetric_tag_pull: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  /** (tag, bytes): whether the bytes are the tag; the answer is the error code. */
  symmetric_tag_verify: signature(['i32', 'i32', 'i32'], ['i32']),
} as const;

/**
 * Every function of the five modules, with the signature that guests see, by module name. A name, an algorithm, bytes and a buffer are each a
 * pointer and a length; "or none" is a pointer to a record. Every function answers with an error code; any other result, a handle unless
 * stated otherwise, is written to a pointer that comes last.
 */
export const wasiCryptoSignatures = {
  /** Options, outputs of variable size, and the secrets manager. */
  [wasiCryptoModuleNames.common]: commonSignatures,
  /** Key pairs, public and secret keys. */
  [wasiCryptoModuleNames.asymmetricCommon]: asymmetricCommonSignatures,
  /** Key agreement and key encapsulation. */
  [wasiCryptoModuleNames.kx]: kxSignatures,
  /** Signatures and their states. */
  [wasiCryptoModuleNames.signatures]: signatureSignatures,
  /** Hashes, message authentication, key derivation and authenticated encryption. */
  [wasiCryptoModuleNames.symmetric]: symmetricSignatures,
} as const;
