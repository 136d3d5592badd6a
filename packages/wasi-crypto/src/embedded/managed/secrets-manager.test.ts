import { describe, expect, it } from 'vitest';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { version } from './version.js';

/** Identifier and version that a function of a key tells. */
function idOf(guest: FakeGuest, name: string, handle: number) {
  const [id, length, versionOut] = [guest.room(64), guest.room(4), guest.room(8)];
  const result = guest.call(name, handle, id, 64, length, versionOut);
  expect(result).toBe('success');
  const bytes = guest.memory.read(id, guest.memory.readU32(length));
  return { id: bytes, version: guest.memory.readU64(versionOut) };
}

/** The functions of both kinds of keys are one implementation; each case runs on both. */
const kinds = [
  {
    kind: 'symmetric_key',
    other: 'keypair',
    generate: (guest: FakeGuest, algorithm = 'HMAC/SHA-256') =>
      guest.get('symmetric_key_generate', algorithm, guest.optional(undefined)),
    generateManaged: (guest: FakeGuest, manager: number) =>
      guest.ask('symmetric_key_generate_managed', manager, 'hmac/sha-256', guest.optional(undefined)),
    otherAlgorithm: 'HMAC/SHA-512',
    bytes: (guest: FakeGuest, handle: number) => guest.output(guest.get('symmetric_key_export', handle)),
  },
  {
    kind: 'keypair',
    other: 'symmetric_key',
    generate: (guest: FakeGuest, algorithm = 'Ed25519') =>
      guest.get('keypair_generate', 0, algorithm, guest.optional(undefined)),
    generateManaged: (guest: FakeGuest, manager: number) =>
      guest.ask('keypair_generate_managed', manager, 0, 'ed25519', guest.optional(undefined)),
    otherAlgorithm: 'ECDSA_P256_SHA256',
    bytes: (guest: FakeGuest, handle: number) => guest.output(guest.get('keypair_export', handle, 0)),
  },
] as const;

describe.each(kinds)(
  'managed keys: $kind',
  ({ kind, other, generate, generateManaged, otherAlgorithm, bytes }) => {
    const start = () => {
      const guest = new FakeGuest();
      return { guest, manager: guest.get('secrets_manager_open', guest.optional(undefined)) };
    };
    const store = (guest: FakeGuest, manager: number, handle: number) => {
      const id = guest.room(16);
      expect(guest.call(`${kind}_store_managed`, manager, handle, id, 16)).toBe('success');
      return guest.memory.read(id, 16);
    };

    it('generates a key that can be had again by its identifier', () => {
      const { guest, manager } = start();
      const handle = generateManaged(guest, manager) as number;
      const { id, version: number } = idOf(guest, `${kind}_id`, handle);
      expect(id.byteLength).toBe(16);
      for (const asked of [number, version.latest]) {
        const again = guest.get(`${kind}_from_id`, manager, id, asked);
        expect(again).not.toBe(handle);
        expect(bytes(guest, again)).toBe(bytes(guest, handle));
        expect(idOf(guest, `${kind}_id`, again)).toEqual({ id, version: number });
      }
      for (const asked of [number + 1n, 0n, version.all, version.unspecified, -1n]) {
        expect(guest.ask(`${kind}_from_id`, manager, id, asked)).toBe('not_found');
      }
      expect(guest.ask(`${other}_from_id`, manager, id, number)).toBe('not_found');
      expect(guest.ask(`${kind}_from_id`, manager, id.subarray(1), number)).toBe('not_found');
      expect(guest.ask(`${kind}_from_id`, manager, new Uint8Array(16), version.latest)).toBe('not_found');
    });

    it('keeps a key when its handle and the manager are closed', () => {
      const { guest, manager } = start();
      const handle = generate(guest);
      const expected = bytes(guest, handle);
      const id = store(guest, manager, handle);
      guest.call(`${kind}_close`, handle);
      expect(guest.call('secrets_manager_close', manager)).toBe('success');
      expect(guest.call('secrets_manager_close', manager)).toBe('closed');
      expect(guest.ask(`${kind}_from_id`, manager, id, version.latest)).toBe('invalid_handle');
      const second = guest.get('secrets_manager_open', guest.optional(undefined));
      expect(bytes(guest, guest.get(`${kind}_from_id`, second, id, version.latest))).toBe(expected);
    });

    it('tells a key that is not managed by the version `unspecified`', () => {
      const { guest } = start();
      const told = idOf(guest, `${kind}_id`, generate(guest));
      expect(told).toEqual({ id: new Uint8Array(0), version: 0xff00000000000000n });
    });

    it('gives no identifier into a buffer that is too small, and stores nothing then', () => {
      const { guest, manager } = start();
      const handle = generate(guest);
      const pointer = guest.room(100);
      expect(guest.call(`${kind}_store_managed`, manager, handle, pointer, 15)).toBe('overflow');
      expect(idOf(guest, `${kind}_id`, handle).version).toBe(version.unspecified);
      store(guest, manager, handle);
      expect(guest.call(`${kind}_id`, handle, pointer, 15, pointer + 20, pointer + 24)).toBe('overflow');
    });

    it('replaces a key by a new version, and keeps the one before', () => {
      const { guest, manager } = start();
      const old = generate(guest);
      const id = store(guest, manager, old);
      const oldBytes = bytes(guest, old);
      const { version: first } = idOf(guest, `${kind}_id`, old);
      const next = generate(guest);
      const out = guest.room(8);
      expect(guest.call(`${kind}_replace_managed`, manager, old, next, out)).toBe('success');
      const second = guest.memory.readU64(out);
      expect(second).toBeGreaterThan(first);
      expect(idOf(guest, `${kind}_id`, next)).toEqual({ id, version: second });
      const room = guest.room(100);
      expect(guest.call(`${kind}_id`, old, room, 16, room + 20, room + 24)).toBe('invalid_handle');
      const has = (asked: bigint) => bytes(guest, guest.get(`${kind}_from_id`, manager, id, asked));
      expect([has(first), has(second), has(version.latest)]).toEqual([
        oldBytes,
        bytes(guest, next),
        bytes(guest, next),
      ]);
    });

    it('replaces only by a key of the same algorithm, and only what is managed', () => {
      const { guest, manager } = start();
      const managed = generateManaged(guest, manager) as number;
      const plain = generate(guest);
      const out = guest.room(8);
      const replace = (a: number, b: number) => guest.call(`${kind}_replace_managed`, manager, a, b, out);
      expect(replace(managed, generate(guest, otherAlgorithm))).toBe('incompatible_keys');
      expect(replace(plain, managed)).toBe('unsupported_feature');
      expect(replace(managed, managed)).toBe('unsupported_feature');
      expect(replace(managed, 0x7777)).toBe('invalid_handle');
      expect(guest.call(`${kind}_replace_managed`, 0x7777, managed, plain, out)).toBe('invalid_handle');
    });

    it('invalidates one, the latest or all versions, and never uses a version again', () => {
      const { guest, manager } = start();
      const id = store(guest, manager, generate(guest));
      const replaceLatest = () => {
        const out = guest.room(8);
        const latest = guest.get(`${kind}_from_id`, manager, id, version.latest);
        guest.call(`${kind}_replace_managed`, manager, latest, generate(guest), out);
        return guest.memory.readU64(out);
      };
      const versions = [replaceLatest(), replaceLatest(), replaceLatest()] as const;
      const invalidate = (asked: bigint) => guest.call('secrets_manager_invalidate', manager, id, asked);
      const latest = () =>
        idOf(guest, `${kind}_id`, guest.get(`${kind}_from_id`, manager, id, version.latest)).version;
      expect(invalidate(version.latest)).toBe('success');
      expect(latest()).toBe(versions[1]);
      expect(guest.ask(`${kind}_from_id`, manager, id, versions[2])).toBe('not_found');
      expect(replaceLatest()).toBeGreaterThan(versions[2]);
      expect(invalidate(versions[0])).toBe('success');
      expect(invalidate(versions[0])).toBe('not_found');
      expect(invalidate(version.unspecified)).toBe('not_found');
      expect(invalidate(version.all)).toBe('success');
      expect(guest.ask(`${kind}_from_id`, manager, id, version.latest)).toBe('not_found');
      expect(invalidate(version.all)).toBe('not_found');
    });

    it('stores no more than 1024 versions', () => {
      const { guest, manager } = start();
      const handle = generate(guest);
      const id = guest.room(16);
      for (let count = 0; count < 1024; count += 1) {
        expect(guest.call(`${kind}_store_managed`, manager, handle, id, 16)).toBe('success');
      }
      expect(guest.call(`${kind}_store_managed`, manager, handle, id, 16)).toBe('overflow');
    });
  },
);

it('stores no more than 4 MiB in all', () => {
  const guest = new FakeGuest();
  const manager = guest.get('secrets_manager_open', guest.optional(undefined));
  const large = guest.get('symmetric_key_import', 'HMAC/SHA-256', new Uint8Array(16_384));
  const small = guest.get('symmetric_key_import', 'HMAC/SHA-256', new Uint8Array(1));
  const id = guest.room(16);
  for (let count = 0; count < 256; count += 1) {
    expect(guest.call('symmetric_key_store_managed', manager, large, id, 16)).toBe('success');
  }
  expect(guest.call('symmetric_key_store_managed', manager, small, id, 16)).toBe('overflow');
  expect(guest.call('secrets_manager_invalidate', manager, guest.memory.read(id, 16), version.all)).toBe(
    'success',
  );
  expect(guest.call('symmetric_key_store_managed', manager, small, id, 16)).toBe('success');
});
