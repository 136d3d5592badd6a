;; Does one operation of WASI-Crypto `count` times, each time with another first word of its data. What goes wrong ends it.
;; The host writes names, keys and data: a name at 1024, that of a derived key at 1536, a key at 2048, a signature at 3072, data at 65536. Outputs: small ones at 512,
;; large ones at 2 MiB.
(module
  (import "wasi_ephemeral_crypto_common" "options_open" (func $options_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "options_set"
    (func $options_set (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_common" "array_output_pull"
    (func $array_output_pull (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_import"
    (func $keypair_import (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_asymmetric_common" "keypair_publickey"
    (func $keypair_publickey (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_import"
    (func $signature_import (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_export"
    (func $signature_export (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_close" (func $signature_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_open"
    (func $signature_state_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_update"
    (func $signature_state_update (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_sign"
    (func $signature_state_sign (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_state_close"
    (func $signature_state_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_open"
    (func $verification_state_open (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_update"
    (func $verification_state_update (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_verify"
    (func $verification_state_verify (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_signatures" "signature_verification_state_close"
    (func $verification_state_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_import"
    (func $symmetric_key_import (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_open"
    (func $symmetric_state_open (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_close"
    (func $symmetric_state_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_absorb"
    (func $symmetric_state_absorb (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_squeeze"
    (func $symmetric_state_squeeze (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_squeeze_key"
    (func $symmetric_state_squeeze_key (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_squeeze_tag"
    (func $symmetric_state_squeeze_tag (param i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_tag_pull"
    (func $symmetric_tag_pull (param i32 i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_key_close" (func $symmetric_key_close (param i32) (result i32)))
  (import "wasi_ephemeral_crypto_symmetric" "symmetric_state_encrypt"
    (func $symmetric_state_encrypt (param i32 i32 i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 50)
  (data (i32.const 256) "nonce")
  ;; Optional handles: a key at 16, options at 24, a derived key at 48; none is at 32. The nonce is at 64; results of calls are at 0, 4, 8.
  (data (i32.const 32) "\01")

  (func $must (param $errno i32)
    (if (local.get $errno) (then unreachable)))

  (func (export "prepareEncryption") (param $name_length i32) (param $key_length i32)
    (call $must (call $symmetric_key_import
      (i32.const 1024) (local.get $name_length) (i32.const 2048) (local.get $key_length) (i32.const 20)))
    (call $must (call $options_open (i32.const 1) (i32.const 28))))

  (func (export "prepareKey") (param $name_length i32) (param $key_length i32)
    (call $must (call $symmetric_key_import
      (i32.const 1024) (local.get $name_length) (i32.const 2048) (local.get $key_length) (i32.const 20))))

  ;; Raw key pair; the pair's handle is kept at 40, the public key's at 44.
  (func (export "prepareSigning") (param $name_length i32) (param $key_length i32)
    (call $must (call $keypair_import (i32.const 0)
      (i32.const 1024) (local.get $name_length) (i32.const 2048) (local.get $key_length) (i32.const 0) (i32.const 40)))
    (call $must (call $keypair_publickey (i32.load (i32.const 40)) (i32.const 44))))

  ;; Answers the sum of the digests' first words.
  (func (export "hash") (param $count i32) (param $name_length i32) (param $length i32) (result i32)
    (local $sum i32)
    (loop $again
      (i32.store (i32.const 65536) (local.get $count))
      (call $must (call $symmetric_state_open
        (i32.const 1024) (local.get $name_length) (i32.const 32) (i32.const 32) (i32.const 0)))
      (call $must (call $symmetric_state_absorb (i32.load (i32.const 0)) (i32.const 65536) (local.get $length)))
      (call $must (call $symmetric_state_squeeze (i32.load (i32.const 0)) (i32.const 512) (i32.const 32)))
      (call $must (call $symmetric_state_close (i32.load (i32.const 0))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 512))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))

  ;; What pulls a tag closes it. Answers the sum of the tags' first words.
  (func (export "mac") (param $count i32) (param $name_length i32) (param $length i32) (result i32)
    (local $sum i32)
    (loop $again
      (i32.store (i32.const 65536) (local.get $count))
      (call $must (call $symmetric_state_open
        (i32.const 1024) (local.get $name_length) (i32.const 16) (i32.const 32) (i32.const 0)))
      (call $must (call $symmetric_state_absorb (i32.load (i32.const 0)) (i32.const 65536) (local.get $length)))
      (call $must (call $symmetric_state_squeeze_tag (i32.load (i32.const 0)) (i32.const 4)))
      (call $must (call $symmetric_tag_pull (i32.load (i32.const 4)) (i32.const 512) (i32.const 32) (i32.const 8)))
      (call $must (call $symmetric_state_close (i32.load (i32.const 0))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 512))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))

  ;; The data are the salt and the info. Answers the sum of the first words of what is derived.
  (func (export "derive") (param $count i32) (param $extract_length i32) (param $expand_length i32) (param $length i32)
    (result i32)
    (local $sum i32)
    (loop $again
      (i32.store (i32.const 65536) (local.get $count))
      (call $must (call $symmetric_state_open
        (i32.const 1024) (local.get $extract_length) (i32.const 16) (i32.const 32) (i32.const 0)))
      (call $must (call $symmetric_state_absorb (i32.load (i32.const 0)) (i32.const 65536) (local.get $length)))
      (call $must (call $symmetric_state_squeeze_key
        (i32.load (i32.const 0)) (i32.const 1536) (local.get $expand_length) (i32.const 52)))
      (call $must (call $symmetric_state_close (i32.load (i32.const 0))))
      (call $must (call $symmetric_state_open
        (i32.const 1536) (local.get $expand_length) (i32.const 48) (i32.const 32) (i32.const 0)))
      (call $must (call $symmetric_state_absorb (i32.load (i32.const 0)) (i32.const 65536) (local.get $length)))
      (call $must (call $symmetric_state_squeeze (i32.load (i32.const 0)) (i32.const 512) (i32.const 32)))
      (call $must (call $symmetric_state_close (i32.load (i32.const 0))))
      (call $must (call $symmetric_key_close (i32.load (i32.const 52))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 512))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))

  ;; Each time with another nonce. Answers the sum of the last words of the ciphertexts and of the tags.
  (func (export "encrypt") (param $count i32) (param $name_length i32) (param $length i32) (result i32)
    (local $sum i32)
    (loop $again
      (i32.store (i32.const 65536) (local.get $count))
      (i32.store (i32.const 64) (local.get $count))
      (call $must (call $options_set
        (i32.load (i32.const 28)) (i32.const 256) (i32.const 5) (i32.const 64) (i32.const 12)))
      (call $must (call $symmetric_state_open
        (i32.const 1024) (local.get $name_length) (i32.const 16) (i32.const 24) (i32.const 0)))
      (call $must (call $symmetric_state_encrypt (i32.load (i32.const 0))
        (i32.const 0x200000) (i32.add (local.get $length) (i32.const 16))
        (i32.const 65536) (local.get $length) (i32.const 4)))
      (call $must (call $symmetric_state_close (i32.load (i32.const 0))))
      (local.set $sum (i32.add (local.get $sum)
        (i32.add
          (i32.load offset=0x1ffffc (local.get $length))
          (i32.load offset=0x20000c (local.get $length)))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))

  ;; Answers the sum of the first words of the signatures; the last signature is at 512.
  (func (export "sign") (param $count i32) (param $length i32) (result i32)
    (local $sum i32)
    (loop $again
      (i32.store (i32.const 65536) (local.get $count))
      (call $must (call $signature_state_open (i32.load (i32.const 40)) (i32.const 0)))
      (call $must (call $signature_state_update (i32.load (i32.const 0)) (i32.const 65536) (local.get $length)))
      (call $must (call $signature_state_sign (i32.load (i32.const 0)) (i32.const 4)))
      (call $must (call $signature_export (i32.load (i32.const 4)) (i32.const 0) (i32.const 8)))
      (call $must (call $array_output_pull (i32.load (i32.const 8)) (i32.const 512) (i32.const 64) (i32.const 12)))
      (call $must (call $signature_close (i32.load (i32.const 4))))
      (call $must (call $signature_state_close (i32.load (i32.const 0))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 512))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))

  ;; The first word of the message is 0 and 1 in turn. Answers how many signatures were good; any other code than that of a bad one ends it.
  (func (export "verify") (param $count i32) (param $name_length i32) (param $length i32) (result i32)
    (local $good i32) (local $errno i32)
    (loop $again
      (i32.store (i32.const 65536) (i32.and (local.get $count) (i32.const 1)))
      (call $must (call $signature_import
        (i32.const 1024) (local.get $name_length) (i32.const 3072) (i32.const 64) (i32.const 0) (i32.const 4)))
      (call $must (call $verification_state_open (i32.load (i32.const 44)) (i32.const 0)))
      (call $must (call $verification_state_update (i32.load (i32.const 0)) (i32.const 65536) (local.get $length)))
      (local.set $errno (call $verification_state_verify (i32.load (i32.const 0)) (i32.load (i32.const 4))))
      (if (local.get $errno)
        (then (call $must (i32.ne (local.get $errno) (i32.const 10))))
        (else (local.set $good (i32.add (local.get $good) (i32.const 1)))))
      (call $must (call $verification_state_close (i32.load (i32.const 0))))
      (call $must (call $signature_close (i32.load (i32.const 4))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $good)))
