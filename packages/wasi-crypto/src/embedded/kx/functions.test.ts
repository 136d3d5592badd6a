import { describe, expect, it } from 'vitest';
import { dhkemVectors, x25519Vectors } from '../../../conformance/vectors/kx.js';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { bytesOf } from '../asymmetric/__fixtures__/outcomes.js';

const [signatures, keyExchange] = [0, 2];
const raw = 0;
const end = 1 << 20;

function generated(guest: FakeGuest, algorithm: string, type = keyExchange) {
  const pair = guest.get('keypair_generate', type, algorithm, guest.optional(undefined));
  return { publicKey: guest.get('keypair_publickey', pair), secretKey: guest.get('keypair_secretkey', pair) };
}

describe('the functions of key exchange', () => {
  it('agree on the secrets of RFC 7748', () => {
    const guest = new FakeGuest();
    for (const { scalar, point, secret } of x25519Vectors) {
      const secretKey = guest.get('secretkey_import', keyExchange, 'X25519', bytesOf(scalar), raw);
      const publicKey = guest.get('publickey_import', keyExchange, 'X25519', bytesOf(point), raw);
      expect(guest.output(guest.get('kx_dh', publicKey, secretKey))).toBe(secret);
    }
  });

  it('encapsulate and decapsulate', () => {
    const guest = new FakeGuest();
    for (const algorithm of ['X25519', 'P256-SHA256', 'P384-SHA384', 'ML-KEM-768']) {
      const { publicKey, secretKey } = generated(guest, algorithm);
      const [secretOut, encapsulatedOut] = [guest.room(4), guest.room(4)];
      expect(guest.call('kx_encapsulate', publicKey, secretOut, encapsulatedOut)).toBe('success');
      const secret = guest.output(guest.memory.readU32(secretOut));
      const encapsulated = bytesOf(guest.output(guest.memory.readU32(encapsulatedOut)));
      expect(guest.output(guest.get('kx_decapsulate', secretKey, encapsulated))).toBe(secret);
    }
    for (const { secretKey, encapsulated, secret } of dhkemVectors) {
      const key = guest.get('secretkey_import', keyExchange, 'X25519', bytesOf(secretKey), raw);
      expect(guest.output(guest.get('kx_decapsulate', key, bytesOf(encapsulated)))).toBe(secret);
    }
  });

  it('tells keys of other purposes and algorithms', () => {
    const guest = new FakeGuest();
    const signing = generated(guest, 'ECDSA_P256_SHA256', signatures);
    const [x25519, p256, mlKem] = ['X25519', 'P256-SHA256', 'ML-KEM-768'].map((name) =>
      generated(guest, name),
    );
    if (x25519 === undefined || p256 === undefined || mlKem === undefined) {
      throw new TypeError('There are three pairs.');
    }
    expect(guest.ask('kx_dh', signing.publicKey, p256.secretKey)).toBe('invalid_key');
    expect(guest.ask('kx_dh', p256.publicKey, signing.secretKey)).toBe('invalid_key');
    expect(guest.ask('kx_dh', p256.secretKey, p256.publicKey)).toBe('invalid_handle');
    expect(guest.ask('kx_dh', p256.publicKey, x25519.secretKey)).toBe('incompatible_keys');
    expect(guest.ask('kx_dh', mlKem.publicKey, mlKem.secretKey)).toBe('invalid_operation');
    expect(guest.call('kx_encapsulate', signing.publicKey, 0, 4)).toBe('invalid_key');
    expect(guest.call('kx_encapsulate', x25519.secretKey, 0, 4)).toBe('invalid_handle');
    expect(guest.ask('kx_decapsulate', signing.secretKey, new Uint8Array(32))).toBe('invalid_key');
    expect(guest.ask('kx_decapsulate', x25519.secretKey, new Uint8Array(31))).toBe('verification_failed');
    expect(guest.ask('kx_decapsulate', x25519.secretKey, 0, 65_537)).toBe('verification_failed');
    expect(guest.ask('kx_decapsulate', x25519.secretKey, new Uint8Array(32))).toBe('verification_failed');
    const zeros = guest.get('publickey_import', keyExchange, 'X25519', new Uint8Array(32), raw);
    expect(guest.ask('kx_dh', zeros, x25519.secretKey)).toBe('invalid_key');
  });

  it('makes no output when a range is not in memory, or only half of them fit', () => {
    const guest = new FakeGuest({ maxHandles: 4, maxStoredBytes: 10_000 });
    const { publicKey, secretKey } = generated(guest, 'X25519');
    const outcomes = [
      guest.call('kx_dh', publicKey, secretKey, end - 3),
      guest.call('kx_encapsulate', publicKey, 0, end - 3),
      guest.call('kx_encapsulate', publicKey, end - 3, 0),
      guest.call('kx_decapsulate', secretKey, end - 31, 32, 0),
      guest.call('kx_decapsulate', secretKey, 0, 32, end),
    ];
    expect(outcomes).toEqual(outcomes.map(() => 'algorithm_failure'));
    // Three handles are in use.
    expect(guest.call('kx_encapsulate', publicKey, 0, 4)).toBe('too_many_handles');
    expect(typeof guest.ask('kx_dh', publicKey, secretKey)).toBe('number');
    expect(guest.ask('kx_dh', publicKey, secretKey)).toBe('too_many_handles');
  });
});
