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
      const manager = await openManager(guest);
      const first = await guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      const firstBytes = await guest.output('symmetric_key_export', first);
      const { id, version } = await idOf(guest, 'symmetric_key', first);
      const second = await symmetricKey(guest, 'HMAC/SHA-256', 'the second key');
      const next = BigInt(await guest.number('symmetric_key_replace_managed', manager, first, second, out64));
      assert(next > version);
      const bytesOf = async (wanted: bigint) =>
        guest.output(
          'symmetric_key_export',
          await guest.number('symmetric_key_from_id', manager, id, BigInt.asIntN(64, wanted), out),
        );
      assert.equal((await bytesOf(latest)).toString(), 'the second key');
      assert.equal((await bytesOf(next)).toString(), 'the second key');
      assert.deepEqual(await bytesOf(version), firstBytes);

      const pair = await guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const pairId = await idOf(guest, 'keypair', pair);
      const newPair = await generateKeyPair(guest, signatures, 'Ed25519');
      const raw = await guest.output('keypair_export', newPair, 0);
      await guest.number('keypair_replace_managed', manager, pair, newPair, out64);
      const found = await guest.number('keypair_from_id', manager, pairId.id, latest, out);
      assert.deepEqual(await guest.output('keypair_export', found, 0), raw);
    },
  },
  {
    name: 'a key is replaced only by one of its algorithm',
    source: specification('Functions dedicated to managed keys'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      const key = await guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      const other = await symmetricKey(guest, 'HMAC/SHA-512', 'key');
      await guest.fails('incompatible_keys', 'symmetric_key_replace_managed', manager, key, other, out64);
      const pair = await guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const otherPair = await generateKeyPair(guest, signatures, 'ECDSA_P256_SHA256');
      await guest.fails('incompatible_keys', 'keypair_replace_managed', manager, pair, otherPair, out64);
      await guest.fails('invalid_handle', 'keypair_replace_managed', manager, 0x7705, otherPair, out64);
      await guest.fails('invalid_handle', 'symmetric_key_replace_managed', manager, key, 0x7709, out64);
    },
  },
  {
    name: 'a version, the latest or all versions of a key can be invalidated, for good',
    source: specification('Key identifiers and versions'),
    upstreamDiffers,
    detects: ['invalidate-does-nothing'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      const key = await guest.number('symmetric_key_generate_managed', manager, 'HMAC/SHA-256', none, out);
      const { id, version } = await idOf(guest, 'symmetric_key', key);
      const second = await symmetricKey(guest, 'HMAC/SHA-256', 'second');
      const secondVersion = BigInt(
        await guest.number('symmetric_key_replace_managed', manager, key, second, out64),
      );
      const find = async (wanted: bigint) =>
        (await guest.invoke('symmetric_key_from_id', manager, id, BigInt.asIntN(64, wanted), out)).errno;
      await guest.ok('secrets_manager_invalidate', manager, id, latest);
      assert.deepEqual([await find(secondVersion), await find(version), await find(latest)], [26, 0, 0]);
      await guest.fails(
        'not_found',
        'secrets_manager_invalidate',
        manager,
        id,
        BigInt.asIntN(64, secondVersion),
      );
      await guest.ok('secrets_manager_invalidate', manager, id, BigInt.asIntN(64, version));
      assert.deepEqual([await find(version), await find(latest)], [26, 26]);

      const pair = await guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const pairId = (await idOf(guest, 'keypair', pair)).id;
      await guest.ok('secrets_manager_invalidate', manager, pairId, all);
      await guest.fails('not_found', 'keypair_from_id', manager, pairId, latest, out);
      await guest.fails('not_found', 'secrets_manager_invalidate', manager, pairId, all);
    },
  },
  {
    name: 'identifiers, versions and kinds that do not fit are not found',
    source: specification('Managed keys'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      const pair = await guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const { id } = await idOf(guest, 'keypair', pair);
      for (const wrong of ['', 'x', Buffer.alloc(id.byteLength), id.subarray(1), Buffer.alloc(5000)]) {
        await guest.fails('not_found', 'keypair_from_id', manager, wrong, latest, out);
        await guest.fails('not_found', 'symmetric_key_from_id', manager, wrong, latest, out);
        await guest.fails('not_found', 'secrets_manager_invalidate', manager, wrong, latest);
      }
      for (const wrong of [0n, 77n, -1n, all]) {
        await guest.fails('not_found', 'keypair_from_id', manager, id, wrong, out);
      }
      await guest.fails('not_found', 'symmetric_key_from_id', manager, id, latest, out);
    },
  },
];
