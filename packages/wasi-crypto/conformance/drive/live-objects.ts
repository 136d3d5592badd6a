import { Buffer } from 'node:buffer';
import { type Guest, none, optional, out, room } from './guest.js';
import { generateKeyPair, keyedState, sign, symmetricKey } from './operations.js';
import type { FunctionName } from './raw-calls.js';

/** One new object of each kind of WasmEdge's plug-in, by the low byte of its handle. */
export async function newObjects(guest: Guest): Promise<Record<number, number>> {
  const keyPair = await generateKeyPair(guest, 0, 'Ed25519');
  const publicKey = await guest.number('keypair_publickey', keyPair, out);
  const state = await keyedState(guest, 'HMAC/SHA-256', 'key');
  return {
    0: await guest.number('publickey_export', publicKey, 0, out),
    1: await guest.number('options_open', 1, out),
    2: await guest.number('signature_verification_state_open', publicKey, out),
    3: publicKey,
    4: await guest.number('keypair_secretkey', keyPair, out),
    5: keyPair,
    6: await sign(guest, keyPair, 'message'),
    7: await guest.number('signature_state_open', keyPair, out),
    8: state,
    9: await symmetricKey(guest, 'HMAC/SHA-256', 'key'),
    10: await guest.number('symmetric_state_squeeze_tag', state, out),
  };
}

/** The function that closes a handle of each kind, by the low byte. */
export const closing: readonly (readonly [kind: number, name: FunctionName])[] = [
  [0x01, 'options_close'],
  [0x02, 'signature_verification_state_close'],
  [0x03, 'publickey_close'],
  [0x04, 'secretkey_close'],
  [0x05, 'keypair_close'],
  [0x06, 'signature_close'],
  [0x07, 'signature_state_close'],
  [0x08, 'symmetric_state_close'],
  [0x09, 'symmetric_key_close'],
  [0x0a, 'symmetric_tag_close'],
];

/** Calls that need a handle of one kind, each with that handle. */
export function uses(guest: Guest, kind: number, handle: number): (() => Promise<number>)[] {
  const errno = async (name: FunctionName, ...args: Parameters<Guest['invoke']>[1][]) =>
    (await guest.invoke(name, ...args)).errno;
  switch (kind) {
    case 0x01:
      return [() => errno('options_set', handle, 'nonce', 'value')];
    case 0x02:
      return [() => errno('signature_verification_state_update', handle, 'message')];
    case 0x03:
      return [
        () => errno('publickey_export', handle, 0, out),
        () => errno('publickey_verify', handle),
        () => errno('signature_verification_state_open', handle, out),
        () => errno('kx_encapsulate', handle, out, out),
      ];
    case 0x04:
      return [
        () => errno('secretkey_export', handle, 0, out),
        () => errno('publickey_from_secretkey', handle, out),
        () => errno('kx_decapsulate', handle, 'bytes', out),
      ];
    case 0x05:
      return [
        () => errno('keypair_export', handle, 0, out),
        () => errno('keypair_publickey', handle, out),
        () => errno('keypair_secretkey', handle, out),
        () => errno('signature_state_open', handle, out),
      ];
    case 0x06:
      return [() => errno('signature_export', handle, 0, out)];
    case 0x07:
      return [
        () => errno('signature_state_update', handle, 'message'),
        () => errno('signature_state_sign', handle, out),
      ];
    case 0x08:
      return [
        () => errno('symmetric_state_absorb', handle, 'message'),
        () => errno('symmetric_state_squeeze', handle, room(1)),
        () => errno('symmetric_state_squeeze_tag', handle, out),
        () => errno('symmetric_state_squeeze_key', handle, 'HKDF-EXPAND/SHA-256', out),
        () => errno('symmetric_state_clone', handle, out),
        () => errno('symmetric_state_max_tag_len', handle, out),
        () => errno('symmetric_state_ratchet', handle),
        () => errno('symmetric_state_encrypt', handle, room(20), 'data', out),
        () => errno('symmetric_state_encrypt_detached', handle, room(4), 'data', out),
        () => errno('symmetric_state_decrypt', handle, room(4), Buffer.alloc(20), out),
        () => errno('symmetric_state_decrypt_detached', handle, room(4), 'data', Buffer.alloc(16), out),
      ];
    case 0x09:
      return [
        () => errno('symmetric_key_export', handle, out),
        () => errno('symmetric_state_open', 'HMAC/SHA-256', optional(handle), none, out),
      ];
    case 0x0a:
      return [() => errno('symmetric_tag_len', handle, out)];
    default:
      return [];
  }
}
