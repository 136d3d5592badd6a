import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, out, out64 } from '../drive/guest.js';
import { idOf, latest, openManager } from '../drive/managed-keys.js';
import { algorithmType, generateKeyPair, symmetricKey } from '../drive/operations.js';
import { notImplemented, specification } from '../drive/sources.js';

const { signatures } = algorithmType;
const upstreamDiffers = notImplemented;

const all = BigInt.asIntN(64, 0xff00_0000_0000_0002n);

export const managedVersionCases: readonly ConformanceCase[] = [
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
];
