import { Buffer } from 'node:buffer';
import { type Guest, none, optional, out, room } from './guest.js';

export const algorithmType = { signatures: 0, symmetric: 1, keyExchange: 2 } as const;
export const keyPairEncoding = { raw: 0, pkcs8: 1, pem: 2, local: 3 } as const;
export const keyEncoding = { raw: 0, pkcs8: 1, pem: 2, sec: 3, local: 4 } as const;
export const signatureEncoding = { raw: 0, der: 1 } as const;

export const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** The digest of the parts, absorbed one by one. */
export async function hash(
  guest: Guest,
  algorithm: string,
  length: number,
  ...parts: Uint8Array[]
): Promise<Buffer> {
  const state = await guest.number('symmetric_state_open', algorithm, none, none, out);
  await absorb(guest, state, ...parts);
  const digest = await guest.bytes('symmetric_state_squeeze', state, room(length));
  await guest.ok('symmetric_state_close', state);
  return digest;
}

export async function absorb(guest: Guest, state: number, ...parts: (Uint8Array | string)[]): Promise<void> {
  for (const part of parts) {
    await guest.ok('symmetric_state_absorb', state, part);
  }
}

export function symmetricKey(guest: Guest, algorithm: string, bytes: Uint8Array | string): Promise<number> {
  return guest.number('symmetric_key_import', algorithm, bytes, out);
}

/** A state of an algorithm with a key of these bytes. */
export async function keyedState(
  guest: Guest,
  algorithm: string,
  keyBytes: Uint8Array | string,
): Promise<number> {
  const key = await symmetricKey(guest, algorithm, keyBytes);
  const state = await guest.number('symmetric_state_open', algorithm, optional(key), none, out);
  await guest.ok('symmetric_key_close', key);
  return state;
}

/** Options of the symmetric type that hold a nonce. */
export async function nonceOptions(guest: Guest, nonce: Uint8Array): Promise<number> {
  const options = await guest.number('options_open', algorithmType.symmetric, out);
  await guest.ok('options_set', options, 'nonce', nonce);
  return options;
}

/** A state of an AEAD; additional data is still to be absorbed. */
export async function aeadState(
  guest: Guest,
  algorithm: string,
  keyBytes: Uint8Array,
  nonce: Uint8Array,
): Promise<number> {
  const key = await symmetricKey(guest, algorithm, keyBytes);
  const options = await nonceOptions(guest, nonce);
  const state = await guest.number('symmetric_state_open', algorithm, optional(key), optional(options), out);
  await guest.ok('symmetric_key_close', key);
  await guest.ok('options_close', options);
  return state;
}

/** The tag of what a state has absorbed. */
export async function pullTag(guest: Guest, state: number): Promise<Buffer> {
  const tag = await guest.number('symmetric_state_squeeze_tag', state, out);
  const length = await guest.number('symmetric_tag_len', tag, out);
  return guest.bytes('symmetric_tag_pull', tag, room(length), out);
}

export function importKeyPair(
  guest: Guest,
  type: number,
  algorithm: string,
  encoding: keyof typeof keyPairEncoding,
  bytes: Uint8Array | string,
): Promise<number> {
  return guest.number('keypair_import', type, algorithm, bytes, keyPairEncoding[encoding], out);
}

export function importPublicKey(
  guest: Guest,
  type: number,
  algorithm: string,
  encoding: keyof typeof keyEncoding,
  bytes: Uint8Array | string,
): Promise<number> {
  return guest.number('publickey_import', type, algorithm, bytes, keyEncoding[encoding], out);
}

export function importSecretKey(
  guest: Guest,
  type: number,
  algorithm: string,
  encoding: keyof typeof keyEncoding,
  bytes: Uint8Array | string,
): Promise<number> {
  return guest.number('secretkey_import', type, algorithm, bytes, keyEncoding[encoding], out);
}

export function generateKeyPair(guest: Guest, type: number, algorithm: string): Promise<number> {
  return guest.number('keypair_generate', type, algorithm, none, out);
}

export function publicKeyOf(guest: Guest, keyPair: number): Promise<number> {
  return guest.number('keypair_publickey', keyPair, out);
}

export function secretKeyOf(guest: Guest, keyPair: number): Promise<number> {
  return guest.number('keypair_secretkey', keyPair, out);
}

/** Signs the parts; the handle of the signature. */
export async function sign(
  guest: Guest,
  keyPair: number,
  ...parts: (Uint8Array | string)[]
): Promise<number> {
  const state = await guest.number('signature_state_open', keyPair, out);
  for (const part of parts) {
    await guest.ok('signature_state_update', state, part);
  }
  const signature = await guest.number('signature_state_sign', state, out);
  await guest.ok('signature_state_close', state);
  return signature;
}

export function exportSignature(
  guest: Guest,
  signature: number,
  encoding: keyof typeof signatureEncoding,
): Promise<Buffer> {
  return guest.output('signature_export', signature, signatureEncoding[encoding]);
}

export function importSignature(
  guest: Guest,
  algorithm: string,
  encoding: keyof typeof signatureEncoding,
  bytes: Uint8Array,
): Promise<number> {
  return guest.number('signature_import', algorithm, bytes, signatureEncoding[encoding], out);
}

/** The error code of verifying a signature of the parts. */
export async function verify(
  guest: Guest,
  publicKey: number,
  signature: number,
  ...parts: (Uint8Array | string)[]
): Promise<number> {
  const state = await guest.number('signature_verification_state_open', publicKey, out);
  for (const part of parts) {
    await guest.ok('signature_verification_state_update', state, part);
  }
  const { errno } = await guest.invoke('signature_verification_state_verify', state, signature);
  await guest.ok('signature_verification_state_close', state);
  return errno;
}
