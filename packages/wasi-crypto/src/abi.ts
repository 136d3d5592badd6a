import { signature } from '@wasmedge-plugins/core';

/** The plug-in's WasmEdge name. */
export const wasiCryptoPluginName = 'wasi_crypto';

/** The wasm modules that guests import the functions from; the same from WasmEdge 0.11.0 to 0.17.1. */
export const wasiCryptoModuleNames = {
  common: 'wasi_ephemeral_crypto_common',
  asymmetricCommon: 'wasi_ephemeral_crypto_asymmetric_common',
  kx: 'wasi_ephemeral_crypto_kx',
  signatures: 'wasi_ephemeral_crypto_signatures',
  symmetric: 'wasi_ephemeral_crypto_symmetric',
} as const;

/** Options, outputs of variable size, and the secrets manager. */
export const commonSignatures = {
  array_output_len: signature(['i32', 'i32'], ['i32']),
  array_output_pull: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  options_close: signature(['i32'], ['i32']),
  options_open: signature(['i32', 'i32'], ['i32']),
  options_set: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  options_set_guest_buffer: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  options_set_u64: signature(['i32', 'i32', 'i32', 'i64'], ['i32']),
  secrets_manager_close: signature(['i32'], ['i32']),
  secrets_manager_invalidate: signature(['i32', 'i32', 'i32', 'i64'], ['i32']),
  secrets_manager_open: signature(['i32', 'i32'], ['i32']),
} as const;

/** Key pairs, public and secret keys. */
export const asymmetricCommonSignatures = {
  keypair_close: signature(['i32'], ['i32']),
  keypair_export: signature(['i32', 'i32', 'i32'], ['i32']),
  keypair_from_id: signature(['i32', 'i32', 'i32', 'i64', 'i32'], ['i32']),
  keypair_from_pk_and_sk: signature(['i32', 'i32', 'i32'], ['i32']),
  keypair_generate: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  keypair_generate_managed: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  keypair_id: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  keypair_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  keypair_publickey: signature(['i32', 'i32'], ['i32']),
  keypair_replace_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  keypair_secretkey: signature(['i32', 'i32'], ['i32']),
  keypair_store_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  publickey_close: signature(['i32'], ['i32']),
  publickey_export: signature(['i32', 'i32', 'i32'], ['i32']),
  publickey_from_secretkey: signature(['i32', 'i32'], ['i32']),
  publickey_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  publickey_verify: signature(['i32'], ['i32']),
  secretkey_close: signature(['i32'], ['i32']),
  secretkey_export: signature(['i32', 'i32', 'i32'], ['i32']),
  secretkey_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
} as const;

/** Key agreement and key encapsulation. */
export const kxSignatures = {
  kx_decapsulate: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  kx_dh: signature(['i32', 'i32', 'i32'], ['i32']),
  kx_encapsulate: signature(['i32', 'i32', 'i32'], ['i32']),
} as const;

/** Signatures and their states. */
export const signatureSignatures = {
  signature_close: signature(['i32'], ['i32']),
  signature_export: signature(['i32', 'i32', 'i32'], ['i32']),
  signature_import: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  signature_state_close: signature(['i32'], ['i32']),
  signature_state_open: signature(['i32', 'i32'], ['i32']),
  signature_state_sign: signature(['i32', 'i32'], ['i32']),
  signature_state_update: signature(['i32', 'i32', 'i32'], ['i32']),
  signature_verification_state_close: signature(['i32'], ['i32']),
  signature_verification_state_open: signature(['i32', 'i32'], ['i32']),
  signature_verification_state_update: signature(['i32', 'i32', 'i32'], ['i32']),
  signature_verification_state_verify: signature(['i32', 'i32'], ['i32']),
} as const;

/** Hashes, message authentication, key derivation and authenticated encryption. */
export const symmetricSignatures = {
  symmetric_key_close: signature(['i32'], ['i32']),
  symmetric_key_export: signature(['i32', 'i32'], ['i32']),
  symmetric_key_from_id: signature(['i32', 'i32', 'i32', 'i64', 'i32'], ['i32']),
  symmetric_key_generate: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_key_generate_managed: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_key_id: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_key_import: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_key_replace_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_key_store_managed: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_absorb: signature(['i32', 'i32', 'i32'], ['i32']),
  symmetric_state_clone: signature(['i32', 'i32'], ['i32']),
  symmetric_state_close: signature(['i32'], ['i32']),
  symmetric_state_decrypt: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_decrypt_detached: signature(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    ['i32'],
  ),
  symmetric_state_encrypt: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_encrypt_detached: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_max_tag_len: signature(['i32', 'i32'], ['i32']),
  symmetric_state_open: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_options_get: signature(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_options_get_u64: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_ratchet: signature(['i32'], ['i32']),
  symmetric_state_squeeze: signature(['i32', 'i32', 'i32'], ['i32']),
  symmetric_state_squeeze_key: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_state_squeeze_tag: signature(['i32', 'i32'], ['i32']),
  symmetric_tag_close: signature(['i32'], ['i32']),
  symmetric_tag_len: signature(['i32', 'i32'], ['i32']),
  symmetric_tag_pull: signature(['i32', 'i32', 'i32', 'i32'], ['i32']),
  symmetric_tag_verify: signature(['i32', 'i32', 'i32'], ['i32']),
} as const;

/** Every function of the five modules, with the signature that guests see, by module name. */
export const wasiCryptoSignatures = {
  [wasiCryptoModuleNames.common]: commonSignatures,
  [wasiCryptoModuleNames.asymmetricCommon]: asymmetricCommonSignatures,
  [wasiCryptoModuleNames.kx]: kxSignatures,
  [wasiCryptoModuleNames.signatures]: signatureSignatures,
  [wasiCryptoModuleNames.symmetric]: symmetricSignatures,
} as const;
