import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, none, optional, out, out64, room } from '../drive/guest.js';
import { idOf, latest, openManager } from '../drive/managed-keys.js';
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

export const managedKeyCases: readonly ConformanceCase[] = [
  {
    name: 'a managed key pair is found again by its identifier, and signs',
    source,
    upstreamDiffers,
    detects: ['managed-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      const pair = await guest.number('keypair_generate_managed', manager, signatures, 'Ed25519', none, out);
      const { id, version } = await idOf(guest, 'keypair', pair);
      assert(id.byteLength > 0);
      for (const wanted of [latest, version]) {
        const found = await guest.number('keypair_from_id', manager, id, BigInt.asIntN(64, wanted), out);
        assert.deepEqual(await idOf(guest, 'keypair', found), { id, version });
        const signature = await sign(guest, found, 'message');
        assert.equal(await verify(guest, await publicKeyOf(guest, pair), signature, 'message'), 0);
      }
      await guest.ok('keypair_close', pair);
      await guest.ok('keypair_from_id', manager, id, latest, out);
      await guest.ok('secrets_manager_close', manager);
      await guest.fails('invalid_handle', 'keypair_from_id', manager, id, latest, out);
      await guest.ok('keypair_from_id', await openManager(guest), id, latest, out);
    },
  },
  {
    name: 'a managed symmetric key is found again by its identifier, and is the same key',
    source,
    upstreamDiffers,
    detects: ['managed-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      const generated = await guest.number(
        'symmetric_key_generate_managed',
        manager,
        'AES-256-GCM',
        none,
        out,
      );
      const own = await symmetricKey(guest, 'HMAC/SHA-256', 'my own key');
      const stored = await guest.bytes('symmetric_key_store_managed', manager, own, room(64));
      const storedId = await idOf(guest, 'symmetric_key', own);
      assert.deepEqual(stored.subarray(0, storedId.id.byteLength), storedId.id);
      for (const key of [generated, own]) {
        const { id, version } = await idOf(guest, 'symmetric_key', key);
        const found = await guest.number(
          'symmetric_key_from_id',
          manager,
          id,
          BigInt.asIntN(64, version),
          out,
        );
        assert.deepEqual(
          await guest.output('symmetric_key_export', found),
          await guest.output('symmetric_key_export', key),
        );
      }
      const wrongAlgorithm = await idOf(guest, 'symmetric_key', generated);
      const found = await guest.number('symmetric_key_from_id', manager, wrongAlgorithm.id, latest, out);
      await guest.fails('invalid_key', 'symmetric_state_open', 'HMAC/SHA-256', optional(found), none, out);
    },
  },
  {
    name: 'own key pairs are stored under identifiers of their own',
    source: specification('Key identifiers and versions'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      const ids = new Set<string>();
      for (const [type, algorithm] of [
        [signatures, 'ECDSA_P256_SHA256'],
        [signatures, 'ECDSA_P384_SHA384'],
        [keyExchange, 'X25519'],
        [keyExchange, 'ML-KEM-768'],
      ] as const) {
        const pair = await generateKeyPair(guest, type, algorithm);
        await guest.fails('overflow', 'keypair_store_managed', manager, pair, room(1));
        await guest.ok('keypair_store_managed', manager, pair, room(64));
        const { id } = await idOf(guest, 'keypair', pair);
        ids.add(id.toString('hex'));
        const found = await guest.number('keypair_from_id', manager, id, latest, out);
        assert.deepEqual(
          await guest.output(
            'publickey_export',
            await publicKeyOf(guest, found),
            algorithm.startsWith('ECDSA') ? 3 : 0,
          ),
          await guest.output(
            'publickey_export',
            await publicKeyOf(guest, pair),
            algorithm.startsWith('ECDSA') ? 3 : 0,
          ),
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
      const pair = await generateKeyPair(guest, signatures, 'Ed25519');
      const key = await symmetricKey(guest, 'HMAC/SHA-256', 'key');
      assert.equal((await idOf(guest, 'keypair', pair)).version, unspecified);
      assert.equal((await idOf(guest, 'symmetric_key', key)).version, unspecified);
      const manager = await openManager(guest);
      const managed = await guest.number(
        'symmetric_key_generate_managed',
        manager,
        'HMAC/SHA-256',
        none,
        out,
      );
      await guest.fails('overflow', 'symmetric_key_id', managed, room(1), out, out64);
    },
  },
  {
    name: 'a secrets manager is a handle like others',
    source: specification('Secrets management'),
    upstreamDiffers,
    async run(context) {
      const guest = await Guest.create(context);
      const manager = await openManager(guest);
      await guest.ok('secrets_manager_close', manager);
      await guest.fails('closed', 'secrets_manager_close', manager);
      await guest.fails('invalid_handle', 'secrets_manager_invalidate', manager, 'id', latest);
      await guest.fails(
        'invalid_handle',
        'symmetric_key_generate_managed',
        manager,
        'HMAC/SHA-256',
        none,
        out,
      );
      await guest.fails('invalid_handle', 'keypair_generate_managed', manager, 0, 'Ed25519', none, out);
      await guest.fails('invalid_handle', 'keypair_from_id', manager, 'id', latest, out);
      await guest.fails('invalid_handle', 'symmetric_key_from_id', manager, 'id', latest, out);
      const key = await symmetricKey(guest, 'HMAC/SHA-256', 'key');
      await guest.fails('invalid_handle', 'symmetric_key_store_managed', manager, key, room(64));
      await guest.fails('invalid_handle', 'secrets_manager_open', optional(0x7701), out);
      await guest.fails('invalid_handle', 'keypair_id', 0x7705, room(64), out, out64);
      await guest.fails('invalid_handle', 'symmetric_key_id', 0x7709, room(64), out, out64);
    },
  },
  {
    name: 'an unknown algorithm is unknown for managed keys too',
    source: 'measured: WasmEdge 0.14.1, which reports it before not_implemented',
    async run(context) {
      const guest = await Guest.create(context);
      // Without a secrets manager this stays 0.
      const manager = Number((await guest.invoke('secrets_manager_open', none, out)).answers[0]);
      await guest.fails(
        'unsupported_algorithm',
        'keypair_generate_managed',
        manager,
        0,
        'nonesuch',
        none,
        out,
      );
      await guest.fails(
        'unsupported_algorithm',
        'symmetric_key_generate_managed',
        manager,
        'nonesuch',
        none,
        out,
      );
    },
  },
];
