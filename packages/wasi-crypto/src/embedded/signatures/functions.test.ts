import { describe, expect, it } from 'vitest';
import { ed25519Vectors } from '../../../conformance/vectors/signatures.js';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { bytesOf } from '../asymmetric/__fixtures__/outcomes.js';

const [signatures, keyExchange] = [0, 2];
const [raw, der] = [0, 1];
const end = 1 << 20;
const [, vector] = ed25519Vectors;

/** A guest with a key pair of the vector, its public key, and a state for each. */
function prepared() {
  const guest = new FakeGuest();
  const bytes = bytesOf(vector.seed + vector.publicKey);
  const pair = guest.get('keypair_import', signatures, 'Ed25519', bytes, raw);
  const publicKey = guest.get('keypair_publickey', pair);
  const signing = guest.get('signature_state_open', pair);
  const verifying = guest.get('signature_verification_state_open', publicKey);
  return { guest, pair, publicKey, signing, verifying };
}

describe('the functions of signatures', () => {
  it('sign and verify what was given so far, and go on', () => {
    const { guest, pair, publicKey, signing, verifying } = prepared();
    // Closing keys does not end what was made of them.
    guest.call('keypair_close', pair);
    guest.call('publickey_close', publicKey);
    const message = bytesOf(vector.message);
    expect(guest.call('signature_state_update', signing, message)).toBe('success');
    const signature = guest.get('signature_state_sign', signing);
    expect(guest.output(guest.get('signature_export', signature, raw))).toBe(vector.signature);
    expect(guest.call('signature_verification_state_update', verifying, message)).toBe('success');
    expect(guest.call('signature_verification_state_verify', verifying, signature)).toBe('success');
    expect(guest.call('signature_verification_state_verify', verifying, signature)).toBe('success');
    guest.call('signature_verification_state_update', verifying, Uint8Array.of(1));
    expect(guest.call('signature_verification_state_verify', verifying, signature)).toBe(
      'verification_failed',
    );
    guest.call('signature_state_update', signing, Uint8Array.of(1));
    const longer = guest.get('signature_state_sign', signing);
    expect(guest.call('signature_verification_state_verify', verifying, longer)).toBe('success');
    expect(guest.output(guest.get('signature_export', signature, raw))).toBe(vector.signature);
  });

  it('tell handles of other kinds, keys of other purposes, and signatures of other algorithms', () => {
    const { guest, pair, publicKey, signing, verifying } = prepared();
    const exchange = guest.get('keypair_generate', keyExchange, 'P256-SHA256', guest.optional(undefined));
    const outcomes = [
      guest.ask('signature_state_open', publicKey),
      guest.ask('signature_verification_state_open', pair),
      guest.call('signature_state_update', verifying, new Uint8Array(1)),
      guest.ask('signature_state_sign', verifying),
      guest.call('signature_verification_state_update', signing, new Uint8Array(1)),
      guest.call('signature_verification_state_verify', verifying, signing),
      guest.ask('signature_export', pair, raw),
    ];
    expect(outcomes).toEqual(outcomes.map(() => 'invalid_handle'));
    const exchangePublicKey = guest.get('keypair_publickey', exchange);
    expect(guest.ask('signature_state_open', exchange)).toBe('invalid_key');
    expect(guest.ask('signature_verification_state_open', exchangePublicKey)).toBe('invalid_key');
    const other = guest.get('signature_import', 'ECDSA_P256_SHA256', new Uint8Array(64), raw);
    expect(guest.call('signature_verification_state_verify', verifying, other)).toBe('invalid_signature');
  });

  it('names what is wrong with an import or export', () => {
    const { guest, signing } = prepared();
    const bytes = new Uint8Array(64);
    expect(guest.ask('signature_import', 'X25519', bytes, raw)).toBe('unsupported_algorithm');
    expect(guest.ask('signature_import', 'ed25519', bytes, 2)).toBe('unsupported_encoding');
    expect(guest.ask('signature_import', 'ed25519', bytes, der)).toBe('unsupported_encoding');
    expect(guest.ask('signature_import', 'ed25519', bytes, 65_536 + raw)).toBe(0x106);
    expect(guest.ask('signature_import', 'ed25519', new Uint8Array(63), raw)).toBe('invalid_signature');
    expect(guest.ask('signature_import', 'ECDSA_P256_SHA256', 0, 65_537, der)).toBe('invalid_signature');
    expect(guest.ask('signature_import', 'RSA_PSS_2048_SHA256', new Uint8Array(256), der)).toBe(
      'unsupported_encoding',
    );
    const signature = guest.get('signature_state_sign', signing);
    expect(guest.ask('signature_export', signature, der)).toBe('unsupported_encoding');
    expect(guest.ask('signature_export', signature, 3)).toBe('unsupported_encoding');
  });

  it('verify no signature whose numbers are zero', () => {
    const guest = new FakeGuest();
    const pair = guest.get('keypair_generate', signatures, 'ECDSA_P256_SHA256', guest.optional(undefined));
    const state = guest.get('signature_verification_state_open', guest.get('keypair_publickey', pair));
    const zeros = guest.get('signature_import', 'ECDSA_P256_SHA256', new Uint8Array(64), raw);
    const ones = guest.get('signature_import', 'ECDSA_P256_SHA256', new Uint8Array(64).fill(255), raw);
    expect(guest.call('signature_verification_state_verify', state, zeros)).toBe('verification_failed');
    expect(guest.call('signature_verification_state_verify', state, ones)).toBe('verification_failed');
  });

  it('leave a state as it was when a range is not in memory', () => {
    const { guest, pair, publicKey, signing, verifying } = prepared();
    const outcomes = [
      guest.call('signature_state_open', pair, end - 3),
      guest.call('signature_verification_state_open', publicKey, -4),
      guest.call('signature_state_update', signing, end - 3, 4),
      guest.call('signature_state_update', signing, 1, -1),
      guest.call('signature_verification_state_update', verifying, -1, 2),
      guest.call('signature_state_sign', signing, end),
      guest.call('signature_import', 'Ed25519', new Uint8Array(64), raw, end - 1),
      guest.call('signature_import', 'Ed25519', end - 63, 64, raw, 0),
    ];
    expect(outcomes).toEqual(outcomes.map(() => 'algorithm_failure'));
    guest.call('signature_state_update', signing, bytesOf(vector.message));
    const signature = guest.get('signature_state_sign', signing);
    expect(guest.output(guest.get('signature_export', signature, raw))).toBe(vector.signature);
  });

  it('bounds the messages that are kept', () => {
    const guest = new FakeGuest({ maxHandles: 10, maxStoredBytes: 300_000 });
    const pair = guest.get('keypair_generate', signatures, 'Ed25519', guest.optional(undefined));
    const state = guest.get('signature_state_open', pair);
    const update = () => guest.call('signature_state_update', state, 0, 140_000);
    expect([update(), update(), update()]).toEqual(['success', 'success', 'overflow']);
    // What cannot be added leaves what was there.
    expect(typeof guest.ask('signature_state_sign', state)).toBe('number');
    guest.call('signature_state_close', state);
    const other = guest.get('signature_state_open', pair);
    expect(guest.call('signature_state_update', other, 0, 300_000)).toBe('success');
  });

  it('close once', () => {
    const { guest, signing, verifying } = prepared();
    const signature = guest.get('signature_state_sign', signing);
    for (const [name, handle] of [
      ['signature_close', signature],
      ['signature_state_close', signing],
      ['signature_verification_state_close', verifying],
    ] as const) {
      expect([guest.call(name, handle), guest.call(name, handle)]).toEqual(['success', 'closed']);
    }
  });
});
