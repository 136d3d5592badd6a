import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeGuest } from './__fixtures__/fake-guest.js';
import { ByteBudget } from './byte-budget.js';
import { errnoOf } from './errno-of.js';
import { SecretBuffer } from './secret-buffer.js';

const secret = Buffer.from('a secret of thirty-two bytes ...');
const isZero = (bytes: Uint8Array) => bytes.byteLength > 0 && bytes.every((byte) => byte === 0);

describe('secrets are zeroed', () => {
  it('in a buffer that grows and is disposed', () => {
    const buffer = new SecretBuffer(new ByteBudget(1000), secret);
    const before = buffer.bytes;
    buffer.append(secret);
    expect(isZero(before)).toBe(true);
    const { bytes } = buffer;
    expect(Buffer.compare(bytes, Buffer.concat([secret, secret]))).toBe(0);
    buffer[Symbol.dispose]();
    expect(isZero(bytes)).toBe(true);
  });

  it('when a key, a tag, an option or an output is closed', () => {
    const guest = new FakeGuest();
    const { state } = guest;
    const key = guest.get('symmetric_key_import', 'HMAC/SHA-256', secret);
    const tag = guest.get('symmetric_state_squeeze_tag', guest.open('HMAC/SHA-256', secret));
    const options = guest.get('options_open', 1);
    guest.call('options_set', options, 'salt', secret);
    const output = guest.get('symmetric_key_export', key);
    const kept = [
      state.symmetricKeys.get(key).bytes,
      state.tags.get(tag).bytes,
      state.options.get(options).bytes('salt') as Uint8Array,
      state.arrayOutputs.get(output).remaining,
    ];
    expect(kept.some(isZero)).toBe(false);
    guest.call('symmetric_key_close', key);
    guest.call('symmetric_tag_close', tag);
    guest.call('options_close', options);
    guest.output(output);
    expect(kept.every(isZero)).toBe(true);
  });

  it('when the runtime is disposed, whatever is still open, and managed keys too', () => {
    const guest = new FakeGuest();
    const { state } = guest;
    const manager = guest.get('secrets_manager_open', guest.optional(undefined));
    const key = guest.get('symmetric_key_import', 'AES-256-GCM', secret);
    const id = guest.room(16);
    guest.call('symmetric_key_store_managed', manager, key, id, 16);
    const idText = guest.hex(id, 16);
    const output = guest.get('symmetric_key_export', key);
    const kept = [
      state.symmetricKeys.get(key).bytes,
      state.arrayOutputs.get(output).remaining,
      state.managedKeys.find(idText, 'symmetric_key', 1n).secret,
    ];
    state[Symbol.dispose]();
    expect(kept.every(isZero)).toBe(true);
    expect(guest.ask('symmetric_key_export', key)).toBe('invalid_handle');
  });

  it('and give back what they took of the bound', () => {
    const guest = new FakeGuest({ maxHandles: 10, maxStoredBytes: 10_000 });
    for (let round = 0; round < 200; round += 1) {
      const state = guest.open('AES-256-GCM', randomBytes(32), randomBytes(12));
      guest.call('symmetric_state_absorb', state, 'x'.repeat(3000));
      guest.call('symmetric_state_close', guest.get('symmetric_state_clone', state));
      guest.call('symmetric_state_close', state);
      for (const table of [guest.state.symmetricKeys, guest.state.options]) {
        table[Symbol.dispose]();
      }
    }
    expect(guest.ask('symmetric_key_import', 'HMAC/SHA-256', 'x'.repeat(10_000))).toBeTypeOf('number');
    expect(guest.ask('symmetric_key_import', 'HMAC/SHA-256', 'x')).toBe('algorithm_failure');
  });
});

it('gives back the bound of a clone that did not fit', () => {
  const guest = new FakeGuest({ maxHandles: 10, maxStoredBytes: 1000 });
  for (const [algorithm, key, nonce] of [
    ['AES-256-GCM', randomBytes(32), randomBytes(12)],
    ['HKDF-EXTRACT/SHA-256', randomBytes(32), undefined],
    ['HKDF-EXPAND/SHA-256', randomBytes(32), undefined],
  ] as const) {
    const state = guest.open(algorithm, key, nonce);
    guest.state.symmetricKeys[Symbol.dispose]();
    guest.state.options[Symbol.dispose]();
    guest.call('symmetric_state_absorb', state, 'x'.repeat(500));
    for (let round = 0; round < 100; round += 1) {
      expect(guest.ask('symmetric_state_clone', state)).toBe('algorithm_failure');
    }
    guest.call('symmetric_state_close', state);
  }
  expect(guest.ask('symmetric_key_import', 'HMAC/SHA-256', 'x'.repeat(1000))).toBeTypeOf('number');
});

it('takes what a library throws for a failure of the algorithm, and what is not an error for one of its own', () => {
  expect(errnoOf(new TypeError('Invalid key'))).toBe(12);
  expect(errnoOf('text')).toBe(17);
});
