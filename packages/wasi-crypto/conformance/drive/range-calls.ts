import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type Guest, none, out } from './guest.js';
import {
  aeadState,
  algorithmType,
  generateKeyPair,
  keyedState,
  publicKeyOf,
  secretKeyOf,
  sign,
  symmetricKey,
} from './operations.js';
import { type FunctionName, memorySize } from './raw-calls.js';

const { symmetric } = algorithmType;

/** Ranges of `length` bytes that are not all in the memory; -1 is 4294967295. */
export function badPointers(length: number): number[] {
  return [memorySize - length + 1, memorySize, 0x7fff_ffff, -0x8000_0000, -length, -1];
}

/** A parameter that points to memory: alone to so many bytes, or with the length that follows it. */
type Parameter = number | bigint | { readonly pointer: number; readonly bytes: number | 'length' };

const to = (pointer: number, bytes: number) => ({ pointer, bytes }) as const;

const range = (pointer: number) => ({ pointer, bytes: 'length' }) as const;

/** Places in the guest's memory for what the calls need. */
const at = { none: 1024, nonce: 1040, key: 1048, options: 1056, name: 1100, data: 2048, out: 16, out64: 24 };

/** Calls that would succeed, or get as far as memory: each with its parameters. */
export async function goodCalls(guest: Guest): Promise<Partial<Record<FunctionName, readonly Parameter[]>>> {
  const keyPair = await generateKeyPair(guest, 0, 'Ed25519');
  const exchange = await generateKeyPair(guest, 2, 'X25519');
  const signature = await sign(guest, keyPair, 'message');
  const options = await guest.number('options_open', symmetric, out);
  const key = await symmetricKey(guest, 'HMAC/SHA-256', Buffer.alloc(32));
  const mac = await keyedState(guest, 'HMAC/SHA-256', 'key');
  const hashing = await guest.number('symmetric_state_open', 'SHA-256', none, none, out);
  const extract = await keyedState(guest, 'HKDF-EXTRACT/SHA-256', 'key');
  const aead = () => aeadState(guest, 'AES-128-GCM', Buffer.alloc(16), Buffer.alloc(12));
  const named = async (text: string) => {
    const offset = at.name + 64 * names.length;
    names.push(text);
    await guest.raw.store(offset, Buffer.from(text));
    return [range(offset), text.length] as const;
  };
  const names: string[] = [];
  const data = [range(at.data), 32] as const;
  const result = to(at.out, 4);
  await guest.raw.store(at.none, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]));
  const absent = to(at.none, 8);
  const publicKey = await publicKeyOf(guest, keyPair);
  const secretKey = await secretKeyOf(guest, keyPair);
  return {
    options_open: [symmetric, result],
    options_set: [options, ...(await named('nonce')), ...data],
    options_set_u64: [options, ...(await named('parallelism')), 1n],
    options_set_guest_buffer: [options, ...(await named('buffer')), ...data],
    array_output_len: [await guest.number('publickey_export', publicKey, 0, out), result],
    array_output_pull: [await guest.number('publickey_export', publicKey, 0, out), ...data, result],
    keypair_generate: [0, ...(await named('Ed25519')), absent, result],
    keypair_import: [0, ...(await named('ECDSA_P256_SHA256')), ...data, 0, result],
    keypair_export: [keyPair, 0, result],
    keypair_publickey: [keyPair, result],
    keypair_secretkey: [keyPair, result],
    publickey_import: [2, ...(await named('X25519')), ...data, 0, result],
    publickey_export: [publicKey, 0, result],
    publickey_from_secretkey: [secretKey, result],
    secretkey_import: [0, ...(await named('Ed25519')), ...data, 0, result],
    secretkey_export: [secretKey, 0, result],
    signature_import: [...(await named('Ed25519')), range(at.data), 64, 0, result],
    signature_export: [signature, 0, result],
    signature_state_open: [keyPair, result],
    signature_state_update: [await guest.number('signature_state_open', keyPair, out), ...data],
    signature_state_sign: [await guest.number('signature_state_open', keyPair, out), result],
    signature_verification_state_open: [publicKey, result],
    signature_verification_state_update: [
      await guest.number('signature_verification_state_open', publicKey, out),
      ...data,
    ],
    kx_dh: [await publicKeyOf(guest, exchange), await secretKeyOf(guest, exchange), result],
    symmetric_key_generate: [...(await named('AES-128-GCM')), absent, result],
    symmetric_key_import: [...(await named('AES-128-GCM')), ...data, result],
    symmetric_key_export: [key, result],
    symmetric_state_open: [...(await named('SHA-256')), absent, absent, result],
    symmetric_state_clone: [hashing, result],
    symmetric_state_options_get: [await aead(), ...(await named('nonce')), ...data, result],
    symmetric_state_absorb: [hashing, ...data],
    symmetric_state_squeeze: [hashing, ...data],
    symmetric_state_squeeze_tag: [mac, result],
    symmetric_state_squeeze_key: [extract, ...(await named('HKDF-EXPAND/SHA-256')), result],
    symmetric_state_max_tag_len: [await aead(), result],
    symmetric_state_encrypt: [await aead(), range(at.data), 48, range(at.data + 64), 32, result],
    symmetric_state_encrypt_detached: [await aead(), range(at.data), 32, range(at.data + 64), 32, result],
    symmetric_tag_len: [await guest.number('symmetric_state_squeeze_tag', mac, out), result],
    symmetric_tag_pull: [await guest.number('symmetric_state_squeeze_tag', mac, out), ...data, result],
    symmetric_tag_verify: [await guest.number('symmetric_state_squeeze_tag', mac, out), ...data],
  };
}

/** Calls of managed keys, which WasmEdge does not have. */
export async function managedCalls(
  guest: Guest,
): Promise<Partial<Record<FunctionName, readonly Parameter[]>>> {
  const manager = await guest.number('secrets_manager_open', none, out);
  const keyPair = await guest.number('keypair_generate_managed', manager, 0, 'Ed25519', none, out);
  const key = await guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
  const other = await symmetricKey(guest, 'HMAC/SHA-256', 'key');
  const otherPair = await generateKeyPair(guest, 0, 'Ed25519');
  await guest.raw.store(at.name, Buffer.from('HMAC/SHA-256'));
  await guest.raw.store(at.name + 64, Buffer.from('Ed25519'));
  await guest.raw.store(at.none, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]));
  const absent = to(at.none, 8);
  const result = to(at.out, 4);
  const version = to(at.out64, 8);
  const data = [range(at.data), 64] as const;
  return {
    secrets_manager_open: [absent, result],
    secrets_manager_invalidate: [manager, ...data, 1n],
    keypair_generate_managed: [manager, 0, range(at.name + 64), 7, absent, result],
    keypair_store_managed: [manager, otherPair, ...data],
    keypair_replace_managed: [manager, keyPair, otherPair, version],
    keypair_id: [keyPair, ...data, result, version],
    keypair_from_id: [manager, ...data, 1n, result],
    symmetric_key_generate_managed: [manager, range(at.name), 12, absent, result],
    symmetric_key_store_managed: [manager, other, ...data],
    symmetric_key_replace_managed: [manager, key, other, version],
    symmetric_key_id: [key, ...data, result, version],
    symmetric_key_from_id: [manager, ...data, 1n, result],
  };
}

/** Makes each call with each pointer bad in turn. */
export async function expectRangeErrors(
  guest: Guest,
  calls: Partial<Record<FunctionName, readonly Parameter[]>>,
): Promise<void> {
  const before = await guest.raw.checksum(memorySize - 4096, 4096);
  for (const [name, parameters] of Object.entries(calls) as [FunctionName, readonly Parameter[]][]) {
    for (const [index, parameter] of parameters.entries()) {
      if (typeof parameter !== 'object') {
        continue;
      }
      const length = parameter.bytes === 'length' ? Number(parameters[index + 1]) : parameter.bytes;
      for (const bad of badPointers(length)) {
        const args = parameters.map((each, at_) =>
          at_ === index ? bad : typeof each === 'object' ? each.pointer : each,
        );
        assert.equal(await guest.raw.call(name, ...args), 12, `${name} with ${bad} as argument ${index}`);
      }
    }
  }
  assert.equal(await guest.raw.checksum(memorySize - 4096, 4096), before, 'nothing was written');
}
