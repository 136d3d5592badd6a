import { strict as assert } from 'node:assert';
import type { Buffer } from 'node:buffer';
import { type Guest, none, out, out64, room } from './guest.js';

/** The latest version of a managed key, as a guest passes it: an i64. */
export const latest = BigInt.asIntN(64, 0xff00_0000_0000_0001n);

export function openManager(guest: Guest): Promise<number> {
  return guest.number('secrets_manager_open', none, out);
}

/** Identifier and version of a key. */
export async function idOf(
  guest: Guest,
  kind: 'keypair' | 'symmetric_key',
  handle: number,
): Promise<{ id: Buffer; version: bigint }> {
  const { errno, answers } = await guest.invoke(`${kind}_id`, handle, room(64), out, out64);
  assert.equal(errno, 0);
  const [bytes, length, version] = answers as [Buffer, bigint, bigint];
  return { id: bytes.subarray(0, Number(length)), version };
}
