;; Every function of the five WASI-Crypto modules as an export, with whatever numbers the host gives, and bytes of its own memory.
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

  ;; 131072 bytes: offset 131071 is the last one.
  (memory (export "memory") 2)

  ;; wasi_ephemeral_crypto_asymmetric_common
  (func (export "keypair_close") (param i32) (result i32)
    (call $keypair_close (local.get 0)))
  (func (export "keypair_export") (param i32 i32 i32) (result i32)
    (call $keypair_export (local.get 0) (local.get 1) (local.get 2)))
  (func (export "keypair_from_id") (param i32 i32 i32 i64 i32) (result i32)
    (call $keypair_from_id (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "keypair_from_pk_and_sk") (param i32 i32 i32) (result i32)
    (call $keypair_from_pk_and_sk (local.get 0) (local.get 1) (local.get 2)))
  (func (export "keypair_generate") (param i32 i32 i32 i32 i32) (result i32)
    (call $keypair_generate (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "keypair_generate_managed") (param i32 i32 i32 i32 i32 i32) (result i32)
    (call $keypair_generate_managed (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
  (func (export "keypair_id") (param i32 i32 i32 i32 i32) (result i32)
    (call $keypair_id (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "keypair_import") (param i32 i32 i32 i32 i32 i32 i32) (result i32)
    (call $keypair_import (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6)))
  (func (export "keypair_publickey") (param i32 i32) (result i32)
    (call $keypair_publickey (local.get 0) (local.get 1)))
  (func (export "keypair_replace_managed") (param i32 i32 i32 i32) (result i32)
    (call $keypair_replace_managed (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "keypair_secretkey") (param i32 i32) (result i32)
    (call $keypair_secretkey (local.get 0) (local.get 1)))
  (func (export "keypair_store_managed") (param i32 i32 i32 i32) (result i32)
    (call $keypair_store_managed (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "publickey_close") (param i32) (result i32)
    (call $publickey_close (local.get 0)))
  (func (export "publickey_export") (param i32 i32 i32) (result i32)
    (call $publickey_export (local.get 0) (local.get 1) (local.get 2)))
  (func (export "publickey_from_secretkey") (param i32 i32) (result i32)
    (call $publickey_from_secretkey (local.get 0) (local.get 1)))
  (func (export "publickey_import") (param i32 i32 i32 i32 i32 i32 i32) (result i32)
    (call $publickey_import (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6)))
  (func (export "publickey_verify") (param i32) (result i32)
    (call $publickey_verify (local.get 0)))
  (func (export "secretkey_close") (param i32) (result i32)
    (call $secretkey_close (local.get 0)))
  (func (export "secretkey_export") (param i32 i32 i32) (result i32)
    (call $secretkey_export (local.get 0) (local.get 1) (local.get 2)))
  (func (export "secretkey_import") (param i32 i32 i32 i32 i32 i32 i32) (result i32)
    (call $secretkey_import (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6)))

  ;; wasi_ephemeral_crypto_common
  (func (export "array_output_len") (param i32 i32) (result i32)
    (call $array_output_len (local.get 0) (local.get 1)))
  (func (export "array_output_pull") (param i32 i32 i32 i32) (result i32)
    (call $array_output_pull (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "options_close") (param i32) (result i32)
    (call $options_close (local.get 0)))
  (func (export "options_open") (param i32 i32) (result i32)
    (call $options_open (local.get 0) (local.get 1)))
  (func (export "options_set") (param i32 i32 i32 i32 i32) (result i32)
    (call $options_set (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "options_set_guest_buffer") (param i32 i32 i32 i32 i32) (result i32)
    (call $options_set_guest_buffer (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "options_set_u64") (param i32 i32 i32 i64) (result i32)
    (call $options_set_u64 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "secrets_manager_close") (param i32) (result i32)
    (call $secrets_manager_close (local.get 0)))
  (func (export "secrets_manager_invalidate") (param i32 i32 i32 i64) (result i32)
    (call $secrets_manager_invalidate (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "secrets_manager_open") (param i32 i32) (result i32)
    (call $secrets_manager_open (local.get 0) (local.get 1)))

  ;; wasi_ephemeral_crypto_kx
  (func (export "kx_decapsulate") (param i32 i32 i32 i32) (result i32)
    (call $kx_decapsulate (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "kx_dh") (param i32 i32 i32) (result i32)
    (call $kx_dh (local.get 0) (local.get 1) (local.get 2)))
  (func (export "kx_encapsulate") (param i32 i32 i32) (result i32)
    (call $kx_encapsulate (local.get 0) (local.get 1) (local.get 2)))

  ;; wasi_ephemeral_crypto_signatures
  (func (export "signature_close") (param i32) (result i32)
    (call $signature_close (local.get 0)))
  (func (export "signature_export") (param i32 i32 i32) (result i32)
    (call $signature_export (local.get 0) (local.get 1) (local.get 2)))
  (func (export "signature_import") (param i32 i32 i32 i32 i32 i32) (result i32)
    (call $signature_import (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
  (func (export "signature_state_close") (param i32) (result i32)
    (call $signature_state_close (local.get 0)))
  (func (export "signature_state_open") (param i32 i32) (result i32)
    (call $signature_state_open (local.get 0) (local.get 1)))
  (func (export "signature_state_sign") (param i32 i32) (result i32)
    (call $signature_state_sign (local.get 0) (local.get 1)))
  (func (export "signature_state_update") (param i32 i32 i32) (result i32)
    (call $signature_state_update (local.get 0) (local.get 1) (local.get 2)))
  (func (export "signature_verification_state_close") (param i32) (result i32)
    (call $signature_verification_state_close (local.get 0)))
  (func (export "signature_verification_state_open") (param i32 i32) (result i32)
    (call $signature_verification_state_open (local.get 0) (local.get 1)))
  (func (export "signature_verification_state_update") (param i32 i32 i32) (result i32)
    (call $signature_verification_state_update (local.get 0) (local.get 1) (local.get 2)))
  (func (export "signature_verification_state_verify") (param i32 i32) (result i32)
    (call $signature_verification_state_verify (local.get 0) (local.get 1)))

  ;; wasi_ephemeral_crypto_symmetric
  (func (export "symmetric_key_close") (param i32) (result i32)
    (call $symmetric_key_close (local.get 0)))
  (func (export "symmetric_key_export") (param i32 i32) (result i32)
    (call $symmetric_key_export (local.get 0) (local.get 1)))
  (func (export "symmetric_key_from_id") (param i32 i32 i32 i64 i32) (result i32)
    (call $symmetric_key_from_id (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "symmetric_key_generate") (param i32 i32 i32 i32) (result i32)
    (call $symmetric_key_generate (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "symmetric_key_generate_managed") (param i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_key_generate_managed (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "symmetric_key_id") (param i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_key_id (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "symmetric_key_import") (param i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_key_import (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "symmetric_key_replace_managed") (param i32 i32 i32 i32) (result i32)
    (call $symmetric_key_replace_managed (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "symmetric_key_store_managed") (param i32 i32 i32 i32) (result i32)
    (call $symmetric_key_store_managed (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "symmetric_state_absorb") (param i32 i32 i32) (result i32)
    (call $symmetric_state_absorb (local.get 0) (local.get 1) (local.get 2)))
  (func (export "symmetric_state_clone") (param i32 i32) (result i32)
    (call $symmetric_state_clone (local.get 0) (local.get 1)))
  (func (export "symmetric_state_close") (param i32) (result i32)
    (call $symmetric_state_close (local.get 0)))
  (func (export "symmetric_state_decrypt") (param i32 i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_state_decrypt (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
  (func (export "symmetric_state_decrypt_detached") (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_state_decrypt_detached (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7)))
  (func (export "symmetric_state_encrypt") (param i32 i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_state_encrypt (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
  (func (export "symmetric_state_encrypt_detached") (param i32 i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_state_encrypt_detached (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
  (func (export "symmetric_state_max_tag_len") (param i32 i32) (result i32)
    (call $symmetric_state_max_tag_len (local.get 0) (local.get 1)))
  (func (export "symmetric_state_open") (param i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_state_open (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "symmetric_state_options_get") (param i32 i32 i32 i32 i32 i32) (result i32)
    (call $symmetric_state_options_get (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
  (func (export "symmetric_state_options_get_u64") (param i32 i32 i32 i32) (result i32)
    (call $symmetric_state_options_get_u64 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "symmetric_state_ratchet") (param i32) (result i32)
    (call $symmetric_state_ratchet (local.get 0)))
  (func (export "symmetric_state_squeeze") (param i32 i32 i32) (result i32)
    (call $symmetric_state_squeeze (local.get 0) (local.get 1) (local.get 2)))
  (func (export "symmetric_state_squeeze_key") (param i32 i32 i32 i32) (result i32)
    (call $symmetric_state_squeeze_key (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "symmetric_state_squeeze_tag") (param i32 i32) (result i32)
    (call $symmetric_state_squeeze_tag (local.get 0) (local.get 1)))
  (func (export "symmetric_tag_close") (param i32) (result i32)
    (call $symmetric_tag_close (local.get 0)))
  (func (export "symmetric_tag_len") (param i32 i32) (result i32)
    (call $symmetric_tag_len (local.get 0) (local.get 1)))
  (func (export "symmetric_tag_pull") (param i32 i32 i32 i32) (result i32)
    (call $symmetric_tag_pull (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "symmetric_tag_verify") (param i32 i32 i32) (result i32)
    (call $symmetric_tag_verify (local.get 0) (local.get 1) (local.get 2)))

  (func (export "store") (param $offset i32) (param $byte i32) (i32.store8 (local.get $offset) (local.get $byte)))
  (func (export "load") (param $offset i32) (result i32) (i32.load8_u (local.get $offset)))
  (func (export "store8") (param $offset i32) (param $bytes i64) (i64.store (local.get $offset) (local.get $bytes)))
  (func (export "load8") (param $offset i32) (result i64) (i64.load (local.get $offset)))
  (func (export "fill") (param $offset i32) (param $byte i32) (param $length i32)
    (memory.fill (local.get $offset) (local.get $byte) (local.get $length)))
  (func (export "grow") (param $pages i32) (result i32) (memory.grow (local.get $pages)))

  ;; A checksum (FNV-1a) of a range, so that much memory can be compared through one number.
  (func (export "checksum") (param $offset i32) (param $length i32) (result i32)
    (local $hash i32) (local $end i32)
    (local.set $hash (i32.const 0x811c9dc5))
    (local.set $end (i32.add (local.get $offset) (local.get $length)))
    (block $done
      (loop $more
        (br_if $done (i32.ge_u (local.get $offset) (local.get $end)))
        (local.set $hash
          (i32.mul (i32.xor (local.get $hash) (i32.load8_u (local.get $offset))) (i32.const 0x01000193)))
        (local.set $offset (i32.add (local.get $offset) (i32.const 1)))
        (br $more)))
    (local.get $hash)))
