import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, optional, out, out64, room } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  publicKeyOf,
  sign,
  symmetricKey,
  verify,
} from '../drive/operations.js';
import { notImplemented, specification } from '../drive/sources.js';

const { signatures, keyExchange } = algorithmType;
const source = specification('Managed keys');
const upstreamDiffers = notImplemented;

const unspecified = 0xff00_0000_0000_0000n;
// As a guest passes them: an i64.
const latest = BigInt.asIntN(64, 0xff00_0000_0000_0001n);
const all = BigInt.asIntN(64, 0xff00_0000_0000_0002n);

function openManager(guest: Guest): number {
  return guest.number('secrets_manager_open', none, out);
}

/** Identifier and version of a key. */
function idOf(
  guest: Guest,
  kind: 'keypair' | 'symmetric_key',
  handle: number,
): { id: Buffer; version: bigint } {
  const { errno, answers } = guest.invoke(`${kind}_id`, handle, room(64), out, out64);
  assert.equal(errno, 0);
  const [bytes, length, version] = answers as [Buffer, bigint, bigint];
  return { id: bytes.subarray(0, Number(length)), version };
}

export const managedKeyCases: readonly ConformanceCase[] = [
  {
    name: 'a managed key pair is found again by its identifier, and signs',
    source,
    upstreamDiffers,
    detects: ['managed-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const pair = guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const { id, version } = idOf(guest, 'keypair', pair);
      assert(id.byteLength > 0);
      for (const wanted of [latest, version]) {
        const found = guest.number('keypair_from_id', manager, id, BigInt.asIntN(64, wanted), out);
        assert.deepEqual(idOf(guest, 'keypair', found), { id, version });
        const signature = sign(guest, found, 'message');
        assert.equal(verify(guest, publicKeyOf(guest, pair), signature, 'message'), 0);
      }
      guest.ok('keypair_close', pair);
      guest.ok('keypair_from_id', manager, id, latest, out);
      guest.ok('secrets_manager_close', manager);
      guest.fails('invalid_handle', 'keypair_from_id', manager, id, latest, out);
      guest.ok('keypair_from_id', openManager(guest), id, latest, out);
    },
  },
  {
    name: 'a managed symmetric key is found again by its identifier, and is the same key',
    source,
    upstreamDiffers,
    detects: ['managed-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const generated = guest.number('symmetric_key_generate_managed', manager, 'AES-256-GCM', none, out);
      const own = symmetricKey(guest, 'HMAC/SHA-256', 'my own key');
      const stored = guest.bytes('symmetric_key_store_managed', manager, own, room(64));
      const storedId = idOf(guest, 'symmetric_key', own);
      assert.deepEqual(stored.subarray(0, storedId.id.byteLength), storedId.id);
      for (const key of [generated, own]) {
        const { id, version } = idOf(guest, 'symmetric_key', key);
        const found = guest.number('symmetric_key_from_id', manager, id, BigInt.asIntN(64, version), out);
        assert.deepEqual(
          guest.output('symmetric_key_export', found),
          guest.output('symmetric_key_export', key),
        );
      }
      const wrongAlgorithm = idOf(guest, 'symmetric_key', generated);
      const found = guest.number('symmetric_key_from_id', manager, wrongAlgorithm.id, latest, out);
      guest.fails('invalid_key', 'symmetric_state_open', 'HMAC/SHA-256', optional(found), none, out);
    },
  },
  {
    name: 'own key pairs are stored under identifiers of their own',
    source: specification('Key identifiers and versions'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const ids = new Set<string>();
      for (const [type, algorithm] of [
        [signatures, 'ECDSA_P256_SHA256'],
        [signatures, 'ECDSA_P384_SHA384'],
        [keyExchange, 'X25519'],
        [keyExchange, 'ML-KEM-768'],
      ] as const) {
        const pair = generateKeyPair(guest, type, algorithm);
        guest.fails('overflow', 'keypair_store_managed', manager, pair, room(1));
        guest.ok('keypair_store_managed', manager, pair, room(64));
        const { id } = idOf(guest, 'keypair', pair);
        ids.add(id.toString('hex'));
        const found = guest.number('keypair_from_id', manager, id, latest, out);
        assert.deepEqual(
          guest.output('publickey_export', publicKeyOf(guest, found), algorithm.startsWith('ECDSA') ? 3 : 0),
          guest.output('publickey_export', publicKeyOf(guest, pair), algorithm.startsWith('ECDSA') ? 3 : 0),
        );
      }
      assert.equal(ids.size, 4);
    },
  },
  {
    name: 'a key that is not managed has no identifier and no version',
    source: specification('Functions dedicated to managed keys'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const pair = generateKeyPair(guest, signatures, 'Ed25519');
      const key = symmetricKey(guest, 'HMAC/SHA-256', 'key');
      assert.equal(idOf(guest, 'keypair', pair).version, unspecified);
      assert.equal(idOf(guest, 'symmetric_key', key).version, unspecified);
      const manager = openManager(guest);
      const managed = guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      guest.fails('overflow', 'symmetric_key_id', managed, room(1), out, out64);
    },
  },
  {
    name: 'a replaced key has a new version, and the versions before stay',
    source: specification('Functions dedicated to managed keys'),
    upstreamDiffers,
    detects: ['replace-forgets-versions'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const first = guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      const firstBytes = guest.output('symmetric_key_export', first);
      const { id, version } = idOf(guest, 'symmetric_key', first);
      const second = symmetricKey(guest, 'HMAC/SHA-256', 'the second key');
      const next = BigInt(guest.number('symmetric_key_replace_managed', manager, first, second, out64));
      assert(next > version);
      const bytesOf = (wanted: bigint) =>
        guest.output(
          'symmetric_key_export',
          guest.number('symmetric_key_from_id', manager, id, BigInt.asIntN(64, wanted), out),
        );
      assert.equal(bytesOf(latest).toString(), 'the second key');
      assert.equal(bytesOf(next).toString(), 'the second key');
      assert.deepEqual(bytesOf(version), firstBytes);

      const pair = guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const pairId = idOf(guest, 'keypair', pair);
      const newPair = generateKeyPair(guest, signatures, 'Ed25519');
      const raw = guest.output('keypair_export', newPair, 0);
      guest.number('keypair_replace_managed', manager, pair, newPair, out64);
      const found = guest.number('keypair_from_id', manager, pairId.id, latest, out);
      assert.deepEqual(guest.output('keypair_export', found, 0), raw);
    },
  },
  {
    name: 'a key is replaced only by one of its algorithm',
    source: specification('Functions dedicated to managed keys'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const key = guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      const other = symmetricKey(guest, 'HMAC/SHA-512', 'key');
      guest.fails('incompatible_keys', 'symmetric_key_replace_managed', manager, key, other, out64);
      const pair = guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const otherPair = generateKeyPair(guest, signatures, 'ECDSA_P256_SHA256');
      guest.fails('incompatible_keys', 'keypair_replace_managed', manager, pair, otherPair, out64);
      guest.fails('invalid_handle', 'keypair_replace_managed', manager, 0x7705, otherPair, out64);
      guest.fails('invalid_handle', 'symmetric_key_replace_managed', manager, key, 0x7709, out64);
    },
  },
  {
    name: 'a version, the latest or all versions of a key can be invalidated, for good',
    source: specification('Key identifiers and versions'),
    upstreamDiffers,
    detects: ['invalidate-does-nothing'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const key = guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      const { id, version } = idOf(guest, 'symmetric_key', key);
      const second = symmetricKey(guest, 'HMAC/SHA-256', 'second');
      const secondVersion = BigInt(
        guest.number('symmetric_key_replace_managed', manager, key, second, out64),
      );
      const find = (wanted: bigint) =>
        guest.invoke('symmetric_key_from_id', manager, id, BigInt.asIntN(64, wanted), out).errno;
      guest.ok('secrets_manager_invalidate', manager, id, latest);
      assert.deepEqual([find(secondVersion), find(version), find(latest)], [26, 0, 0]);
      guest.fails('not_found', 'secrets_manager_invalidate', manager, id, BigInt.asIntN(64, secondVersion));
      guest.ok('secrets_manager_invalidate', manager, id, BigInt.asIntN(64, version));
      assert.deepEqual([find(version), find(latest)], [26, 26]);

      const pair = guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const pairId = idOf(guest, 'keypair', pair).id;
      guest.ok('secrets_manager_invalidate', manager, pairId, all);
      guest.fails('not_found', 'keypair_from_id', manager, pairId, latest, out);
      guest.fails('not_found', 'secrets_manager_invalidate', manager, pairId, all);
    },
  },
  {
    name: 'identifiers, versions and kinds that do not fit are not found',
    source: specification('Managed keys'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      const pair = guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const { id } = idOf(guest, 'keypair', pair);
      for (const wrong of ['', 'x', Buffer.alloc(id.byteLength), id.subarray(1), Buffer.alloc(5000)]) {
        guest.fails('not_found', 'keypair_from_id', manager, wrong, latest, out);
        guest.fails('not_found', 'symmetric_key_from_id', manager, wrong, latest, out);
        guest.fails('not_found', 'secrets_manager_invalidate', manager, wrong, latest);
      }
      for (const wrong of [0n, 77n, -1n, all]) {
        guest.fails('not_found', 'keypair_from_id', manager, id, wrong, out);
      }
      guest.fails('not_found', 'symmetric_key_from_id', manager, id, latest, out);
    },
  },
  {
    name: 'a secrets manager is a handle like others',
    source: specification('Secrets management'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = openManager(guest);
      guest.ok('secrets_manager_close', manager);
      guest.fails('closed', 'secrets_manager_close', manager);
      guest.fails('invalid_handle', 'secrets_manager_invalidate', manager, 'id', latest);
      guest.fails('invalid_handle', 'symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      guest.fails('invalid_handle', 'keypair_generate_managed', manager, 0, 'Ed25519', none, out);
      guest.fails('invalid_handle', 'keypair_from_id', manager, 'id', latest, out);
      guest.fails('invalid_handle', 'symmetric_key_from_id', manager, 'id', latest, out);
      const key = symmetricKey(guest, 'HMAC/SHA-256', 'key');
      guest.fails('invalid_handle', 'symmetric_key_store_managed', manager, key, room(64));
      guest.fails('invalid_handle', 'secrets_manager_open', optional(0x7701), out);
      guest.fails('invalid_handle', 'keypair_id', 0x7705, room(64), out, out64);
      guest.fails('invalid_handle', 'symmetric_key_id', 0x7709, room(64), out, out64);
    },
  },
  {
    name: 'an unknown algorithm is unknown for managed keys too',
    source: 'measured: WasmEdge 0.14.1, which reports it before not_implemented',
    async run(context) {
      const guest = await Guest.create(context);
      // Without a secrets manager this stays 0.
      const manager = Number(guest.invoke('secrets_manager_open', none, out).answers[0]);
      guest.fails('unsupported_algorithm', 'keypair_generate_managed', manager, 0, 'nonesuch', none, out);
      guest.fails('unsupported_algorithm', 'symmetric_key_generate_managed', manager, 'nonesuch', none, out);
    },
  },
];
