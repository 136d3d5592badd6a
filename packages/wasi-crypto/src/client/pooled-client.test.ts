import { generateKeyPairSync, verify } from 'node:crypto';
import { createPool, type MemberTask, type PreparationTask } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';

const module = new URL('../__fixtures__/pooled-client.mjs', import.meta.url);
const open: PreparationTask<[raw: Uint8Array], void> = { module, export: 'open', undo: 'close' };
const sign: MemberTask<[message: Uint8Array], Uint8Array> = { module, export: 'sign' };

describe.each(['worker', 'process'] as const)('a client in a pool of placement %s', (placement) => {
  it('signs in the members, those that take the place of others too', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
    const raw = Uint8Array.from([d, x].flatMap((part) => [...Buffer.from(part, 'base64url')]));
    await using pool = createPool({ placement, size: 1, maxCallsPerMember: 2 });
    await using _signer = await pool.prepare(open, [raw]);
    const messages = Array.from({ length: 3 }, (_, index) => new Uint8Array(100).fill(index));
    const signatures = await Promise.all(messages.map((message) => pool.perform(sign, [message])));
    // Node.js is the judge.
    expect(
      signatures.map((signature, index) => verify(null, messages[index] as Uint8Array, publicKey, signature)),
    ).toEqual([true, true, true]);
  });
});
