;; Calls the WASI-Crypto functions without having any memory; every argument is 0.
(module
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_close"
    (func $keypair_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_export"
    (func $keypair_export (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_from_id"
    (func $keypair_from_id (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_from_pk_and_sk"
    (func $keypair_from_pk_and_sk (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_generate"
    (func $keypair_generate (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_generate_managed"
    (func $keypair_generate_managed (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_id"
    (func $keypair_id (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_import"
    (func $keypair_import (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_publickey"
    (func $keypair_publickey (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_replace_managed"
    (func $keypair_replace_managed (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_secretkey"
    (func $keypair_secretkey (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_store_managed"
    (func $keypair_store_managed (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "publickey_close"
    (func $publickey_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "publickey_export"
    (func $publickey_export (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "publickey_from_secretkey"
    (func $publickey_from_secretkey (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "publickey_import"
    (func $publickey_import (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "publickey_verify"
    (func $publickey_verify (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "secretkey_close"
    (func $secretkey_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "secretkey_export"
    (func $secretkey_export (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "secretkey_import"
    (func $secretkey_import (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "array_output_len"
    (func $array_output_len (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "array_output_pull"
    (func $array_output_pull (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "options_close"
    (func $options_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "options_open"
    (func $options_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "options_set"
    (func $options_set (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "options_set_guest_buffer"
    (func $options_set_guest_buffer (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "options_set_u64"
    (func $options_set_u64 (param i32 i32 i32 i64) (result i32)))
  (import "wasi_ephemeral_crypto_common" "secrets_manager_close"
    (func $secrets_manager_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "secrets_manager_invalidate"
    (func $secrets_manager_invalidate (param i32 i32 i32 i64) (result i32)))
  (import "wasi_ephemeral_crypto_common" "secrets_manager_open"
    (func $secrets_manager_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_kx" "kx_decapsulate"
    (func $kx_decapsulate (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_kx" "kx_dh"
    (func $kx_dh (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_kx" "kx_encapsulate"
    (func $kx_encapsulate (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_close"
    (func $signature_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_export"
    (func $signature_export (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_import"
    (func $signature_import (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_close"
    (func $signature_state_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_open"
    (func $signature_state_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_sign"
    (func $signature_state_sign (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_update"
    (func $signature_state_update (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_close"
    (func $signature_verification_state_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_open"
    (func $signature_verification_state_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_update"
    (func $signature_verification_state_update (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_verify"
    (func $signature_verification_state_verify (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_close"
    (func $symmetric_key_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_export"
    (func $symmetric_key_export (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_from_id"
    (func $symmetric_key_from_id (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_generate"
    (func $symmetric_key_generate (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_generate_managed"
    (func $symmetric_key_generate_managed (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_id"
    (func $symmetric_key_id (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_import"
    (func $symmetric_key_import (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_replace_managed"
    (func $symmetric_key_replace_managed (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_store_managed"
    (func $symmetric_key_store_managed (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_absorb"
    (func $symmetric_state_absorb (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_clone"
    (func $symmetric_state_clone (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_close"
    (func $symmetric_state_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_decrypt"
    (func $symmetric_state_decrypt (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_decrypt_detached"
    (func $symmetric_state_decrypt_detached (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_encrypt"
    (func $symmetric_state_encrypt (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_encrypt_detached"
    (func $symmetric_state_encrypt_detached (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_max_tag_len"
    (func $symmetric_state_max_tag_len (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_open"
    (func $symmetric_state_open (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_options_get"
    (func $symmetric_state_options_get (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_options_get_u64"
    (func $symmetric_state_options_get_u64 (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_ratchet"
    (func $symmetric_state_ratchet (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_squeeze"
    (func $symmetric_state_squeeze (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_squeeze_key"
    (func $symmetric_state_squeeze_key (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_squeeze_tag"
    (func $symmetric_state_squeeze_tag (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_tag_close"
    (func $symmetric_tag_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_tag_len"
    (func $symmetric_tag_len (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_tag_pull"
    (func $symmetric_tag_pull (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_tag_verify"
    (func $symmetric_tag_verify (param i32 i32 i32) (result i32)))

  (func (export "keypair_close") (result i32)
    (call $keypair_close (i32.const 0)))
  (func (export "keypair_export") (result i32)
    (call $keypair_export (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_from_id") (result i32)
    (call $keypair_from_id (i32.const 0) (i32.const 0) (i32.const 0) (i64.const 0) (i32.const 0)))
  (func (export "keypair_from_pk_and_sk") (result i32)
    (call $keypair_from_pk_and_sk (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_generate") (result i32)
    (call $keypair_generate (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_generate_managed") (result i32)
    (call $keypair_generate_managed (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_id") (result i32)
    (call $keypair_id (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_import") (result i32)
    (call $keypair_import (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_publickey") (result i32)
    (call $keypair_publickey (i32.const 0) (i32.const 0)))
  (func (export "keypair_replace_managed") (result i32)
    (call $keypair_replace_managed (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "keypair_secretkey") (result i32)
    (call $keypair_secretkey (i32.const 0) (i32.const 0)))
  (func (export "keypair_store_managed") (result i32)
    (call $keypair_store_managed (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "publickey_close") (result i32)
    (call $publickey_close (i32.const 0)))
  (func (export "publickey_export") (result i32)
    (call $publickey_export (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "publickey_from_secretkey") (result i32)
    (call $publickey_from_secretkey (i32.const 0) (i32.const 0)))
  (func (export "publickey_import") (result i32)
    (call $publickey_import (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "publickey_verify") (result i32)
    (call $publickey_verify (i32.const 0)))
  (func (export "secretkey_close") (result i32)
    (call $secretkey_close (i32.const 0)))
  (func (export "secretkey_export") (result i32)
    (call $secretkey_export (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "secretkey_import") (result i32)
    (call $secretkey_import (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "array_output_len") (result i32)
    (call $array_output_len (i32.const 0) (i32.const 0)))
  (func (export "array_output_pull") (result i32)
    (call $array_output_pull (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "options_close") (result i32)
    (call $options_close (i32.const 0)))
  (func (export "options_open") (result i32)
    (call $options_open (i32.const 0) (i32.const 0)))
  (func (export "options_set") (result i32)
    (call $options_set (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "options_set_guest_buffer") (result i32)
    (call $options_set_guest_buffer (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "options_set_u64") (result i32)
    (call $options_set_u64 (i32.const 0) (i32.const 0) (i32.const 0) (i64.const 0)))
  (func (export "secrets_manager_close") (result i32)
    (call $secrets_manager_close (i32.const 0)))
  (func (export "secrets_manager_invalidate") (result i32)
    (call $secrets_manager_invalidate (i32.const 0) (i32.const 0) (i32.const 0) (i64.const 0)))
  (func (export "secrets_manager_open") (result i32)
    (call $secrets_manager_open (i32.const 0) (i32.const 0)))
  (func (export "kx_decapsulate") (result i32)
    (call $kx_decapsulate (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "kx_dh") (result i32)
    (call $kx_dh (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "kx_encapsulate") (result i32)
    (call $kx_encapsulate (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "signature_close") (result i32)
    (call $signature_close (i32.const 0)))
  (func (export "signature_export") (result i32)
    (call $signature_export (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "signature_import") (result i32)
    (call $signature_import (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "signature_state_close") (result i32)
    (call $signature_state_close (i32.const 0)))
  (func (export "signature_state_open") (result i32)
    (call $signature_state_open (i32.const 0) (i32.const 0)))
  (func (export "signature_state_sign") (result i32)
    (call $signature_state_sign (i32.const 0) (i32.const 0)))
  (func (export "signature_state_update") (result i32)
    (call $signature_state_update (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "signature_verification_state_close") (result i32)
    (call $signature_verification_state_close (i32.const 0)))
  (func (export "signature_verification_state_open") (result i32)
    (call $signature_verification_state_open (i32.const 0) (i32.const 0)))
  (func (export "signature_verification_state_update") (result i32)
    (call $signature_verification_state_update (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "signature_verification_state_verify") (result i32)
    (call $signature_verification_state_verify (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_close") (result i32)
    (call $symmetric_key_close (i32.const 0)))
  (func (export "symmetric_key_export") (result i32)
    (call $symmetric_key_export (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_from_id") (result i32)
    (call $symmetric_key_from_id (i32.const 0) (i32.const 0) (i32.const 0) (i64.const 0) (i32.const 0)))
  (func (export "symmetric_key_generate") (result i32)
    (call $symmetric_key_generate (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_generate_managed") (result i32)
    (call $symmetric_key_generate_managed (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_id") (result i32)
    (call $symmetric_key_id (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_import") (result i32)
    (call $symmetric_key_import (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_replace_managed") (result i32)
    (call $symmetric_key_replace_managed (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_key_store_managed") (result i32)
    (call $symmetric_key_store_managed (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_absorb") (result i32)
    (call $symmetric_state_absorb (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_clone") (result i32)
    (call $symmetric_state_clone (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_close") (result i32)
    (call $symmetric_state_close (i32.const 0)))
  (func (export "symmetric_state_decrypt") (result i32)
    (call $symmetric_state_decrypt (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_decrypt_detached") (result i32)
    (call $symmetric_state_decrypt_detached (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_encrypt") (result i32)
    (call $symmetric_state_encrypt (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_encrypt_detached") (result i32)
    (call $symmetric_state_encrypt_detached (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_max_tag_len") (result i32)
    (call $symmetric_state_max_tag_len (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_open") (result i32)
    (call $symmetric_state_open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_options_get") (result i32)
    (call $symmetric_state_options_get (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_options_get_u64") (result i32)
    (call $symmetric_state_options_get_u64 (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_ratchet") (result i32)
    (call $symmetric_state_ratchet (i32.const 0)))
  (func (export "symmetric_state_squeeze") (result i32)
    (call $symmetric_state_squeeze (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_squeeze_key") (result i32)
    (call $symmetric_state_squeeze_key (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_state_squeeze_tag") (result i32)
    (call $symmetric_state_squeeze_tag (i32.const 0) (i32.const 0)))
  (func (export "symmetric_tag_close") (result i32)
    (call $symmetric_tag_close (i32.const 0)))
  (func (export "symmetric_tag_len") (result i32)
    (call $symmetric_tag_len (i32.const 0) (i32.const 0)))
  (func (export "symmetric_tag_pull") (result i32)
    (call $symmetric_tag_pull (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "symmetric_tag_verify") (result i32)
    (call $symmetric_tag_verify (i32.const 0) (i32.const 0) (i32.const 0))))
