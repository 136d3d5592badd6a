import { describe, expect, it } from 'vitest';
import { ecKeys } from '../../../conformance/vectors/ec-keys.js';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { bytesOf } from './__fixtures__/outcomes.js';

const [signatures, symmetric, keyExchange] = [0, 1, 2];
const [raw, pkcs8, pem, sec, local] = [0, 1, 2, 3, 4];
const end = 1 << 20;
const { raw: scalar, point } = ecKeys['P-256'];
const p256 = 'ECDSA_P256_SHA256';

function importPair(guest: FakeGuest, encoding = raw): number | string {
  return guest.ask('keypair_import', signatures, p256, bytesOf(scalar), encoding);
}

describe('the functions of keys', () => {
  it('give handles of each kind, and everything that belongs to a pair', () => {
    const guest = new FakeGuest();
    const pair = guest.get('keypair_import', signatures, 'ecdsa_p256_sha256', bytesOf(scalar), raw);
    const publicKey = guest.get('keypair_publickey', pair);
    const secretKey = guest.get('keypair_secretkey', pair);
    const derived = guest.get('publickey_from_secretkey', secretKey);
    const joined = guest.get('keypair_from_pk_and_sk', publicKey, secretKey);
    expect([pair, publicKey, secretKey, derived, joined]).toEqual([0x105, 0x103, 0x104, 0x203, 0x205]);
    expect(guest.output(guest.get('publickey_export', derived, sec))).toBe(point);
    expect(guest.output(guest.get('secretkey_export', secretKey, raw))).toBe(scalar);
    expect(guest.output(guest.get('keypair_export', joined, raw))).toBe(scalar);
    expect(guest.output(guest.get('keypair_export', joined, pkcs8))).toBe(ecKeys['P-256'].pkcs8);
    expect(guest.call('publickey_verify', derived)).toBe('success');
    // Closing a pair leaves what was made of it.
    expect(guest.call('keypair_close', pair)).toBe('success');
    expect(guest.output(guest.get('secretkey_export', secretKey, raw))).toBe(scalar);
  });

  it('takes the low 16 bits of types and encodings', () => {
    const guest = new FakeGuest();
    const type = 65_536 + signatures;
    const pair = guest.get('keypair_import', type, p256, bytesOf(scalar), 65_536 + raw);
    expect(guest.output(guest.get('keypair_export', pair, 0x7fff_0000 + raw))).toBe(scalar);
  });

  it('names what is wrong with types, names and encodings', () => {
    const guest = new FakeGuest();
    const generate = (type: number, name: string) =>
      guest.ask('keypair_generate', type, name, guest.optional(undefined));
    expect(generate(3, p256)).toBe('unsupported_algorithm');
    expect(generate(keyExchange, p256)).toBe('unsupported_algorithm');
    expect(generate(signatures, 'x'.repeat(1000))).toBe('unsupported_algorithm');
    expect(generate(symmetric, 'SHA-256')).toBe('unsupported_algorithm');
    const pair = guest.get('keypair_import', signatures, p256, bytesOf(scalar), raw);
    expect(importPair(guest, 3)).toBe('unsupported_encoding');
    expect(importPair(guest, 4)).toBe('unsupported_encoding');
    expect(guest.ask('keypair_export', pair, 4)).toBe('unsupported_encoding');
    const bytes = bytesOf(scalar);
    for (const encoding of [local, 5]) {
      expect(guest.ask('secretkey_import', signatures, p256, bytes, encoding)).toBe('unsupported_encoding');
    }
    expect(guest.ask('publickey_import', signatures, p256, bytes, raw)).toBe('unsupported_encoding');
  });

  it('takes options of the type of the algorithm only', () => {
    const guest = new FakeGuest();
    const generate = (options: number) =>
      guest.ask('keypair_generate', keyExchange, 'X25519', guest.optional(options));
    expect(generate(guest.get('options_open', keyExchange))).toBe(0x105);
    expect(generate(guest.get('options_open', signatures))).toBe('invalid_handle');
    expect(generate(guest.get('options_open', symmetric))).toBe('invalid_handle');
    expect(generate(0x901)).toBe('invalid_handle');
  });

  it('refuses unknown handles, and closing twice', () => {
    const guest = new FakeGuest();
    const pair = guest.get('keypair_import', signatures, p256, bytesOf(scalar), raw);
    const publicKey = guest.get('keypair_publickey', pair);
    const secretKey = guest.get('keypair_secretkey', pair);
    const used = [
      guest.ask('keypair_export', publicKey, raw),
      guest.ask('keypair_publickey', secretKey),
      guest.ask('keypair_secretkey', 0),
      guest.ask('publickey_export', pair, pem),
      guest.call('publickey_verify', secretKey),
      guest.ask('publickey_from_secretkey', pair),
      guest.ask('secretkey_export', -1, raw),
      guest.ask('keypair_from_pk_and_sk', secretKey, publicKey),
    ];
    expect(used).toEqual(used.map(() => 'invalid_handle'));
    for (const [kind, handle] of [
      ['keypair', pair],
      ['publickey', publicKey],
      ['secretkey', secretKey],
    ] as const) {
      expect(guest.call(`${kind}_close`, handle)).toBe('success');
      expect(guest.call(`${kind}_close`, handle)).toBe('closed');
    }
  });

  it('makes nothing when a range is not in memory', () => {
    const guest = new FakeGuest();
    const bytes = bytesOf(scalar);
    const none = guest.optional(undefined);
    const outcomes = [
      guest.call('keypair_generate', signatures, p256, none, end - 3),
      guest.call('keypair_generate', signatures, p256, end - 7, 0),
      guest.call('keypair_generate', signatures, end - 3, 17, none, 0),
      guest.call('keypair_import', signatures, p256, bytes, raw, -1),
      guest.call('keypair_import', signatures, p256, end - 3, 32, raw, 0),
      guest.call('keypair_import', signatures, p256, 16, -1, raw, 0),
      guest.call('publickey_import', signatures, p256, end, 1, sec, 0),
      guest.call('secretkey_import', signatures, p256, -32, 32, raw, 0),
    ];
    expect(outcomes).toEqual(outcomes.map(() => 'algorithm_failure'));
    expect(guest.ask('keypair_import', signatures, p256, bytes, raw)).toBe(0x105);
    const pair = 0x105;
    const later = ['keypair_publickey', 'keypair_secretkey'].map((name) => guest.call(name, pair, end - 2));
    expect(later).toEqual(['algorithm_failure', 'algorithm_failure']);
    expect(guest.ask('keypair_publickey', pair)).toBe(0x103);
  });

  it('looks at no more of an encoding than a key can have', () => {
    const guest = new FakeGuest();
    expect(guest.ask('keypair_import', signatures, p256, 0, 65_537, pkcs8)).toBe('invalid_key');
    expect(guest.ask('publickey_import', signatures, p256, 0, 1 << 19, pem)).toBe('invalid_key');
  });

  it('counts the handles that are open', () => {
    const guest = new FakeGuest({ maxHandles: 1, maxStoredBytes: 10_000 });
    expect(importPair(guest)).toBe(0x105);
    expect(importPair(guest)).toBe('too_many_handles');
    expect(guest.ask('keypair_publickey', 0x105)).toBe('too_many_handles');
    expect(guest.call('keypair_close', 0x105)).toBe('success');
    expect(importPair(guest)).toBe(0x205);
  });
});
