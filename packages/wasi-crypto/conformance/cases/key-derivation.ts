import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { expectAnswers } from '../drive/crypto-script.js';
import { errnoName } from '../drive/errno.js';
import { Guest, none, optional, out, room } from '../drive/guest.js';
import { absorb, hex, keyedState, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { hkdfVectors, independentHkdf } from '../vectors/hmac-hkdf.js';

const [first] = hkdfVectors;

export const keyDerivationCases: readonly ConformanceCase[] = [
  {
    name: 'HKDF with SHA-256',
    source: 'RFC 5869 appendix A.1 and A.2',
    run: (context) => expectAnswers(context, hkdfVectors.filter(({ salt }) => salt !== '').flatMap(stepsOf)),
  },
  {
    name: 'HKDF with SHA-256 and no salt',
    source: 'RFC 5869 appendix A.3',
    upstreamDiffers: 'WasmEdge answers algorithm_failure: it gives OpenSSL no salt at all',
    detects: ['extract-needs-salt'],
    run: (context) => expectAnswers(context, hkdfVectors.filter(({ salt }) => salt === '').flatMap(stepsOf)),
  },
  ...(['SHA-512', 'SHA-384'] as const).map(
    (digest): ConformanceCase => ({
      name: `HKDF with ${digest}`,
      source: 'OpenSSL 4.0, through Python cryptography (vectors/generate.py)',
      ...(digest === 'SHA-384' && {
        upstreamDiffers: 'WasmEdge has no HKDF over SHA-384: unsupported_algorithm',
      }),
      async run(context) {
        const { ikm, salt, info, prk, okm } = independentHkdf[digest];
        await expectAnswers(context, [
          { operation: ['hkdf-extract', digest, ikm, salt], answer: prk },
          { operation: ['hkdf', digest, ikm, salt, info, okm.length / 2], answer: okm },
        ]);
      },
    }),
  ),
  {
    name: 'salt and info may come in parts, and output is repeatable',
    source: specification('Key derivation using extract-and-expand'),
    detects: ['info-parts-lost'],
    async run(context) {
      const guest = await Guest.create(context);
      const extract = await keyedState(guest, 'HKDF-EXTRACT/SHA-256', hex(first.ikm));
      await absorb(guest, extract, hex(first.salt).subarray(0, 5), hex(first.salt).subarray(5));
      const prk = await guest.number('symmetric_state_squeeze_key', extract, 'HKDF-EXPAND/SHA-256', out);
      assert.equal((await guest.output('symmetric_key_export', prk)).toString('hex'), first.prk);
      const expand = await guest.number(
        'symmetric_state_open',
        'HKDF-EXPAND/SHA-256',
        optional(prk),
        none,
        out,
      );
      await absorb(guest, expand, hex(first.info).subarray(0, 3), hex(first.info).subarray(3));
      for (let round = 0; round < 2; round += 1) {
        assert.equal(
          (await guest.bytes('symmetric_state_squeeze', expand, room(42))).toString('hex'),
          first.okm,
        );
      }
    },
  },
  {
    name: 'an extracted key is one of the expansion with the same hash, and of nothing else',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const state = await keyedState(guest, 'HKDF-EXTRACT/SHA-256', 'key');
      await absorb(guest, state, 'salt');
      for (const other of ['HKDF-EXPAND/SHA-512', 'HMAC/SHA-256', 'HKDF-EXTRACT/SHA-256', 'AES-128-GCM']) {
        await guest.fails('unsupported_algorithm', 'symmetric_state_squeeze_key', state, other, out);
      }
      const key = await guest.number('symmetric_state_squeeze_key', state, 'hkdf-expand/sha-256', out);
      await guest.fails('invalid_key', 'symmetric_state_open', 'HMAC/SHA-256', optional(key), none, out);
    },
  },
  {
    name: 'an expansion gives up to 255 digests, from a key of exactly one digest',
    source: 'RFC 5869 section 2.3; measured: WasmEdge 0.14.1',
    async run(context) {
      const guest = await Guest.create(context);
      for (const [digest, length] of [
        ['SHA-256', 32],
        ['SHA-512', 64],
      ] as const) {
        const algorithm = `HKDF-EXPAND/${digest}`;
        const state = await keyedState(guest, algorithm, Buffer.alloc(length, 1));
        const longest = await guest.bytes('symmetric_state_squeeze', state, room(255 * length));
        assert.deepEqual(
          await guest.bytes('symmetric_state_squeeze', state, room(50)),
          longest.subarray(0, 50),
        );
        for (const wrong of [0, length - 1, length + 1]) {
          await expectUnusableKey(guest, algorithm, Buffer.alloc(wrong));
        }
        await guest.fails('unsupported_feature', 'symmetric_key_generate', algorithm, none, out);
        await guest.fails('key_required', 'symmetric_state_open', algorithm, none, none, out);
        await guest.fails('key_required', 'symmetric_state_open', `HKDF-EXTRACT/${digest}`, none, none, out);
      }
    },
  },
  {
    name: 'a clone of a key derivation goes on by itself',
    source: specification('State'),
    upstreamDiffers: 'WasmEdge answers not_implemented for both steps of HKDF',
    detects: ['clone-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      const extract = await keyedState(guest, 'HKDF-EXTRACT/SHA-256', hex(first.ikm));
      await absorb(guest, extract, hex(first.salt).subarray(0, 5));
      const extractClone = await guest.number('symmetric_state_clone', extract, out);
      await absorb(guest, extract, 'something else');
      await absorb(guest, extractClone, hex(first.salt).subarray(5));
      const prk = await guest.number('symmetric_state_squeeze_key', extractClone, 'HKDF-EXPAND/SHA-256', out);
      const expand = await guest.number(
        'symmetric_state_open',
        'HKDF-EXPAND/SHA-256',
        optional(prk),
        none,
        out,
      );
      await absorb(guest, expand, hex(first.info).subarray(0, 5));
      const expandClone = await guest.number('symmetric_state_clone', expand, out);
      await absorb(guest, expand, 'something else');
      await absorb(guest, expandClone, hex(first.info).subarray(5));
      assert.equal(
        (await guest.bytes('symmetric_state_squeeze', expandClone, room(42))).toString('hex'),
        first.okm,
      );
    },
  },
  {
    name: 'new keys have the size of the hash or the cipher, and differ',
    source: specification('Symmetric keys'),
    detects: ['constant-keys'],
    async run(context) {
      const guest = await Guest.create(context);
      const symmetricOptions = await guest.number('options_open', 1, out);
      const signatureOptions = await guest.number('options_open', 0, out);
      for (const [algorithm, length] of [
        ['HMAC/SHA-256', 32],
        ['HMAC/SHA-512', 64],
        ['HKDF-EXTRACT/SHA-256', 32],
        ['HKDF-EXTRACT/SHA-512', 64],
        ['AES-128-GCM', 16],
        ['AES-256-GCM', 32],
        ['CHACHA20-POLY1305', 32],
      ] as const) {
        const keys = await mapInOrder([none, none, optional(symmetricOptions)], async (options) =>
          guest.output(
            'symmetric_key_export',
            await guest.number('symmetric_key_generate', algorithm, options, out),
          ),
        );
        assert(keys.every(({ byteLength }) => byteLength === length));
        assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, 3);
        await guest.fails(
          'invalid_handle',
          'symmetric_key_generate',
          algorithm,
          optional(signatureOptions),
          out,
        );
        await guest.fails('invalid_handle', 'symmetric_key_generate', algorithm, optional(0x9901), out);
      }
      assert.notEqual(await symmetricKey(guest, 'AES-128-GCM', Buffer.alloc(16)), 0);
    },
  },
];

/** A key of a wrong length is refused when it is imported, or when it is used. */
async function expectUnusableKey(guest: Guest, algorithm: string, bytes: Buffer): Promise<void> {
  const { errno, answers } = await guest.invoke('symmetric_key_import', algorithm, bytes, out);
  if (errno === 0) {
    await guest.fails(
      'invalid_key',
      'symmetric_state_open',
      algorithm,
      optional(Number(answers[0])),
      none,
      out,
    );
  } else {
    assert.equal(errnoName(errno), 'invalid_key');
  }
}

function stepsOf({ ikm, salt, info, prk, okm }: (typeof hkdfVectors)[number]) {
  return [
    { operation: ['hkdf-extract', 'SHA-256', ikm, salt], answer: prk },
    { operation: ['hkdf', 'SHA-256', ikm, salt, info, okm.length / 2], answer: okm },
  ] as const;
}
