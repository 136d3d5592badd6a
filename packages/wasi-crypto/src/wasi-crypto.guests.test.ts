import { createRuntime } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { rawSignatures } from '../conformance/drive/raw-calls.js';
import { suite } from '../conformance/suite.js';
import { FakeGuest } from './embedded/__fixtures__/fake-guest.js';
import { CryptoRuntime } from './embedded/crypto-runtime.js';
import { cryptoErrno } from './embedded/errno.js';
import { version } from './embedded/managed/version.js';
import { wasiCryptoPlugin } from './plugin.js';

const limits = { maxHandles: 40, maxStoredBytes: 50_000 };
const rawCalls = new URL('raw-calls.wasm', suite.guests);

/** Guests of one runtime. */
function guestsOf(runtime: CryptoRuntime) {
  return () => new FakeGuest(undefined, undefined, runtime);
}

function managedKey(guest: FakeGuest, bytes = new Uint8Array(1000)) {
  const manager = guest.get('secrets_manager_open', guest.optional(undefined));
  const key = guest.get('symmetric_key_import', 'HMAC/SHA-256', bytes);
  const id = guest.room(16);
  const errno = guest.call('symmetric_key_store_managed', manager, key, id, 16);
  return { manager, errno, id: guest.memory.read(id, 16).slice() };
}

function find(guest: FakeGuest, manager: number, id: Uint8Array) {
  return guest.ask('symmetric_key_from_id', manager, id, version.latest);
}

describe('what a guest has', () => {
  it('ends with it, 1,000 times, and leaves no bytes behind', async () => {
    using runtime = await createRuntime({
      plugins: [wasiCryptoPlugin({ maxHandles: 5, maxStoredBytes: 1024 })],
    });
    for (let round = 0; round < 1000; round++) {
      using instance = runtime.instantiate(rawCalls, { exports: rawSignatures });
      const { options_open, options_set } = instance.exports;
      instance.memory?.writeString(100, 'nonce');
      for (let handle = 1; handle <= 5; handle++) {
        expect(options_open(1, 8)).toBe(cryptoErrno.success);
        expect(instance.memory?.readU32(8)).toBe((handle << 8) | 1);
        expect(options_set((handle << 8) | 1, 100, 5, 1000, 200)).toBe(cryptoErrno.success);
      }
      expect(options_open(1, 8)).toBe(cryptoErrno.too_many_handles);
    }
  });

  it('counts for all that live at a time', () => {
    using runtime = new CryptoRuntime(limits);
    const newGuest = guestsOf(runtime);
    const [guest, other] = [newGuest(), newGuest()];
    for (let handle = 0; handle < 20; handle++) {
      guest.get('options_open', 1);
      other.get('options_open', 1);
    }
    expect([guest.ask('options_open', 1), other.ask('options_open', 1)]).toEqual([
      'too_many_handles',
      'too_many_handles',
    ]);
    other.state[Symbol.dispose]();
    expect(guest.get('options_open', 1)).toBe(0x1501);
  });
});

describe('managed keys', () => {
  it('are those of one guest, and end with it', () => {
    using runtime = new CryptoRuntime(limits);
    const before = runtime.bytes.leftBytes;
    const newGuest = guestsOf(runtime);
    for (let round = 0; round < 100; round++) {
      const [guest, other] = [newGuest(), newGuest()];
      const { id, manager } = managedKey(guest);
      expect(find(guest, manager, id)).toBeTypeOf('number');
      expect(find(other, other.get('secrets_manager_open', other.optional(undefined)), id)).toBe('not_found');
      guest.state[Symbol.dispose]();
      other.state[Symbol.dispose]();
    }
    expect(runtime.bytes.leftBytes).toBe(before);
  });

  it('count among the bytes of all guests, until they are gone for good', () => {
    using runtime = new CryptoRuntime({ maxHandles: 1000, maxStoredBytes: 50_000 });
    const newGuest = guestsOf(runtime);
    const guests = Array.from({ length: 3 }, newGuest);
    // Each holds the bytes of a key twice: behind its handle, and as a managed one.
    const large = new Uint8Array(8000);
    const [first, second] = guests.slice(0, 2).map((guest) => managedKey(guest, large));
    const third = guests[2] as FakeGuest;
    expect([first?.errno, second?.errno]).toEqual(['success', 'success']);
    expect(managedKey(third, large).errno).toBe('success');
    expect(runtime.bytes.leftBytes).toBe(2000);
    const next = third.get('symmetric_key_import', 'HMAC/SHA-256', new Uint8Array(1500));
    const manager = third.get('secrets_manager_open', third.optional(undefined));
    expect(third.call('symmetric_key_store_managed', manager, next, third.room(16), 16)).toBe('overflow');
    const { manager: ofFirst, id } = first as NonNullable<typeof first>;
    expect(guests[0]?.call('secrets_manager_invalidate', ofFirst, id, version.all)).toBe('success');
    expect(third.call('symmetric_key_store_managed', manager, next, third.room(16), 16)).toBe('success');
  });

  it('are found by every guest that knows their identifiers where the host keeps them', () => {
    const storage = { load: () => new Map(), save() {}, [Symbol.dispose]() {} };
    using runtime = new CryptoRuntime(limits, storage);
    const newGuest = guestsOf(runtime);
    const guest = newGuest();
    const { id } = managedKey(guest);
    guest.state[Symbol.dispose]();
    const other = newGuest();
    const manager = other.get('secrets_manager_open', other.optional(undefined));
    expect(find(other, manager, id)).toBeTypeOf('number');
  });
});
