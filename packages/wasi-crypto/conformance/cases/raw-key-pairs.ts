import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { Guest, out } from '../drive/guest.js';
import {
  algorithmType,
  generateKeyPair,
  hex,
  importKeyPair,
  importSecretKey,
  keyEncoding,
  keyPairEncoding,
  publicKeyOf,
  secretKeyOf,
} from '../drive/operations.js';
import { specification } from '../drive/sources.js';
import { x25519Pair } from '../vectors/kx.js';
import { ed25519Vectors } from '../vectors/signatures.js';

const { keyExchange, signatures } = algorithmType;

export const rawKeyPairCases: readonly ConformanceCase[] = [
  {
    name: 'Ed25519 keys are raw: seed and public key',
    source: 'RFC 8032 section 7.1; measured: WasmEdge 0.14.1',
    detects: ['swaps-halves-of-pair'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const { seed, publicKey } of ed25519Vectors) {
        const pair = await importKeyPair(guest, signatures, 'Ed25519', 'raw', hex(seed + publicKey));
        assert.equal(
          (await guest.output('keypair_export', pair, keyPairEncoding.raw)).toString('hex'),
          seed + publicKey,
        );
        const secret = await importSecretKey(guest, signatures, 'Ed25519', 'raw', hex(seed));
        assert.equal((await guest.output('secretkey_export', secret, keyEncoding.raw)).toString('hex'), seed);
        const derived = await guest.number('publickey_from_secretkey', secret, out);
        assert.equal(
          (await guest.output('publickey_export', derived, keyEncoding.raw)).toString('hex'),
          publicKey,
        );
      }
    },
  },
  {
    name: 'X25519 keys are raw: public and secret key, in this order',
    source: 'RFC 7748 section 6.1; measured: WasmEdge 0.14.1',
    detects: ['swaps-halves-of-pair', 'swapped-functions'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [index, secretKey] of x25519Pair.secretKeys.entries()) {
        const raw = `${x25519Pair.publicKeys[index]}${secretKey}`;
        const pair = await importKeyPair(guest, keyExchange, 'X25519', 'raw', hex(raw));
        assert.equal((await guest.output('keypair_export', pair, keyPairEncoding.raw)).toString('hex'), raw);
        const secret = await secretKeyOf(guest, pair);
        assert.equal(
          (await guest.output('secretkey_export', secret, keyEncoding.raw)).toString('hex'),
          secretKey,
        );
        const publicKey = await guest.output(
          'publickey_export',
          await publicKeyOf(guest, pair),
          keyEncoding.raw,
        );
        assert.equal(publicKey.toString('hex'), x25519Pair.publicKeys[index]);
      }
    },
  },
  {
    name: 'a raw key pair whose halves do not belong together is refused',
    source: specification('Key pairs for signatures'),
    upstreamDiffers: 'WasmEdge ignores the public half and computes it',
    async run(context) {
      const guest = await Guest.create(context);
      const [one, two] = ed25519Vectors;
      const mixed = hex(one.seed + two.publicKey);
      await guest.fails(
        'invalid_key',
        'keypair_import',
        signatures,
        'Ed25519',
        mixed,
        keyPairEncoding.raw,
        out,
      );
      const pairs = await mapInOrder([0, 1], async () =>
        guest.output('keypair_export', await generateKeyPair(guest, keyExchange, 'X25519'), 0),
      );
      const mixedX = Buffer.concat(pairs.map((pair, index) => pair.subarray(32 * index, 32 * index + 32)));
      await guest.fails(
        'invalid_key',
        'keypair_import',
        keyExchange,
        'X25519',
        mixedX,
        keyPairEncoding.raw,
        out,
      );
    },
  },
];
