import { Buffer } from 'node:buffer';
import { type Guest, out, room } from './guest.js';
import { absorb, aeadState } from './operations.js';

/** The ciphers that WasmEdge has too, with the sizes of their keys. */
export const ciphers = [
  ['AES-128-GCM', 16],
  ['AES-256-GCM', 32],
  ['CHACHA20-POLY1305', 32],
] as const;

export const nonce = Buffer.from('nonce of 12b');

export const plaintext = Buffer.from('a plaintext of more than one block of sixteen bytes');

/** Ciphertext and tag of `plaintext` under a key of zeros. */
export async function seal(guest: Guest, algorithm: string, keyLength: number, iv = nonce): Promise<Buffer> {
  const state = await aeadState(guest, algorithm, Buffer.alloc(keyLength), iv);
  await absorb(guest, state, 'additional');
  return guest.bytes('symmetric_state_encrypt', state, room(plaintext.byteLength + 16), plaintext, out);
}

/** A state with a key of zeros that has absorbed the additional data of {@link seal}. */
export async function openState(
  guest: Guest,
  algorithm: string,
  keyLength: number,
  iv = nonce,
): Promise<number> {
  const state = await aeadState(guest, algorithm, Buffer.alloc(keyLength), iv);
  await absorb(guest, state, 'additional');
  return state;
}
