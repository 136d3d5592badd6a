import { formatSignature } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { wasiCryptoSignatures } from './abi.js';
import { cryptoHostModules } from './embedded/host-functions.js';

/** As WasmEdge's C API lists them for the plug-in of 0.14.1: the parameters; every result is one i32. */
const listed = {
  asymmetric_common: {
    keypair_close: 'i32',
    keypair_export: 'i32 i32 i32',
    keypair_from_id: 'i32 i32 i32 i64 i32',
    keypair_from_pk_and_sk: 'i32 i32 i32',
    keypair_generate: 'i32 i32 i32 i32 i32',
    keypair_generate_managed: 'i32 i32 i32 i32 i32 i32',
    keypair_id: 'i32 i32 i32 i32 i32',
    keypair_import: 'i32 i32 i32 i32 i32 i32 i32',
    keypair_publickey: 'i32 i32',
    keypair_replace_managed: 'i32 i32 i32 i32',
    keypair_secretkey: 'i32 i32',
    keypair_store_managed: 'i32 i32 i32 i32',
    publickey_close: 'i32',
    publickey_export: 'i32 i32 i32',
    publickey_from_secretkey: 'i32 i32',
    publickey_import: 'i32 i32 i32 i32 i32 i32 i32',
    publickey_verify: 'i32',
    secretkey_close: 'i32',
    secretkey_export: 'i32 i32 i32',
    secretkey_import: 'i32 i32 i32 i32 i32 i32 i32',
  },
  common: {
    array_output_len: 'i32 i32',
    array_output_pull: 'i32 i32 i32 i32',
    options_close: 'i32',
    options_open: 'i32 i32',
    options_set: 'i32 i32 i32 i32 i32',
    options_set_guest_buffer: 'i32 i32 i32 i32 i32',
    options_set_u64: 'i32 i32 i32 i64',
    secrets_manager_close: 'i32',
    secrets_manager_invalidate: 'i32 i32 i32 i64',
    secrets_manager_open: 'i32 i32',
  },
  kx: {
    kx_decapsulate: 'i32 i32 i32 i32',
    kx_dh: 'i32 i32 i32',
    kx_encapsulate: 'i32 i32 i32',
  },
  signatures: {
    signature_close: 'i32',
    signature_export: 'i32 i32 i32',
    signature_import: 'i32 i32 i32 i32 i32 i32',
    signature_state_close: 'i32',
    signature_state_open: 'i32 i32',
    signature_state_sign: 'i32 i32',
    signature_state_update: 'i32 i32 i32',
    signature_verification_state_close: 'i32',
    signature_verification_state_open: 'i32 i32',
    signature_verification_state_update: 'i32 i32 i32',
    signature_verification_state_verify: 'i32 i32',
  },
  symmetric: {
    symmetric_key_close: 'i32',
    symmetric_key_export: 'i32 i32',
    symmetric_key_from_id: 'i32 i32 i32 i64 i32',
    symmetric_key_generate: 'i32 i32 i32 i32',
    symmetric_key_generate_managed: 'i32 i32 i32 i32 i32',
    symmetric_key_id: 'i32 i32 i32 i32 i32',
    symmetric_key_import: 'i32 i32 i32 i32 i32',
    symmetric_key_replace_managed: 'i32 i32 i32 i32',
    symmetric_key_store_managed: 'i32 i32 i32 i32',
    symmetric_state_absorb: 'i32 i32 i32',
    symmetric_state_clone: 'i32 i32',
    symmetric_state_close: 'i32',
    symmetric_state_decrypt: 'i32 i32 i32 i32 i32 i32',
    symmetric_state_decrypt_detached: 'i32 i32 i32 i32 i32 i32 i32 i32',
    symmetric_state_encrypt: 'i32 i32 i32 i32 i32 i32',
    symmetric_state_encrypt_detached: 'i32 i32 i32 i32 i32 i32',
    symmetric_state_max_tag_len: 'i32 i32',
    symmetric_state_open: 'i32 i32 i32 i32 i32',
    symmetric_state_options_get: 'i32 i32 i32 i32 i32 i32',
    symmetric_state_options_get_u64: 'i32 i32 i32 i32',
    symmetric_state_ratchet: 'i32',
    symmetric_state_squeeze: 'i32 i32 i32',
    symmetric_state_squeeze_key: 'i32 i32 i32 i32',
    symmetric_state_squeeze_tag: 'i32 i32',
    symmetric_tag_close: 'i32',
    symmetric_tag_len: 'i32 i32',
    symmetric_tag_pull: 'i32 i32 i32 i32',
    symmetric_tag_verify: 'i32 i32 i32',
  },
};

const expected = Object.fromEntries(
  Object.entries(listed).map(([module, functions]) => [
    `wasi_ephemeral_crypto_${module}`,
    Object.fromEntries(Object.entries(functions).map(([name, params]) => [name, `(${params}) -> (i32)`])),
  ]),
);

const formatted = (functions: Readonly<Record<string, Parameters<typeof formatSignature>[0]>>) =>
  Object.fromEntries(Object.entries(functions).map(([name, target]) => [name, formatSignature(target)]));

it('has the functions and signatures of the released plug-in', () => {
  const signatures = Object.entries(wasiCryptoSignatures).map(([module, functions]) => [
    module,
    formatted(functions),
  ]);
  expect(Object.fromEntries(signatures)).toEqual(expected);
});

it('provides a function of each signature', () => {
  const modules = cryptoHostModules(
    () => expect.unreachable(),
    () => {},
  );
  const provided = modules.map(({ name, functions }) => [name, formatted(functions)]);
  expect(Object.fromEntries(provided)).toEqual(expected);
});
