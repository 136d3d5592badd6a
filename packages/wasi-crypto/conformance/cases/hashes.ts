import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { expectAnswers } from '../drive/crypto-script.js';
import { Guest, none, optional, out, room } from '../drive/guest.js';
import { absorb, hash, hex, keyedState, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { monteVectors, shaVectors } from '../vectors/sha2.js';

const cavp = 'NIST CAVP, SHA test vectors for byte-oriented messages';
const noSha384 = 'WasmEdge has no SHA-384: unsupported_algorithm';

export const hashCases: readonly ConformanceCase[] = [
  ...(['SHA-256', 'SHA-512', 'SHA-512/256', 'SHA-384'] as const).map(
    (algorithm): ConformanceCase => ({
      name: `${algorithm} of short and long messages`,
      source: cavp,
      ...(algorithm === 'SHA-384' && { upstreamDiffers: noSha384 }),
      ...(algorithm === 'SHA-256' && { detects: ['last-byte-not-absorbed'] }),
      run: (context) =>
        expectAnswers(
          context,
          shaVectors[algorithm].map(({ message, digest }) => ({
            operation: ['hash', algorithm, digest.length / 2, message],
            answer: digest,
          })),
        ),
    }),
  ),
  ...(['SHA-256', 'SHA-512'] as const).map(
    (algorithm): ConformanceCase => ({
      name: `${algorithm} a thousand times over its own answers`,
      source: 'NIST CAVP, SHA Monte Carlo test, count 0',
      async run(context) {
        const guest = await Guest.create(context);
        const { seed, digest } = monteVectors[algorithm];
        let last = [hex(seed), hex(seed), hex(seed)];
        for (let round = 0; round < 1000; round += 1) {
          last = [...last.slice(1), await hash(guest, algorithm, seed.length / 2, Buffer.concat(last))];
        }
        assert.equal(last[2]?.toString('hex'), digest);
      },
    }),
  ),
  {
    name: 'a message that is absorbed byte by byte and squeezed after each byte has the digest of the whole',
    source: specification('Hash functions'),
    detects: ['squeeze-consumes-hash'],
    run: (context) =>
      expectAnswers(
        context,
        (['SHA-256', 'SHA-512'] as const).flatMap((algorithm) =>
          shaVectors[algorithm].slice(2, 6).map(({ message, digest }) => ({
            operation: ['hash-bytes', algorithm, digest.length / 2, message] as const,
            answer: digest,
          })),
        ),
      ),
  },
  {
    name: 'a digest can be cut short but not made longer',
    source: measured,
    detects: ['long-digest'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, length] of [
        ['SHA-256', 32],
        ['SHA-512', 64],
        ['SHA-512/256', 32],
      ] as const) {
        const state = await guest.number('symmetric_state_open', algorithm, none, none, out);
        await absorb(guest, state, 'abc');
        const digest = await guest.bytes('symmetric_state_squeeze', state, room(length));
        for (const shorter of [0, 1, 20, length - 1]) {
          const prefix = await guest.bytes('symmetric_state_squeeze', state, room(shorter));
          assert.deepEqual(prefix, digest.subarray(0, shorter));
        }
        await guest.fails('invalid_length', 'symmetric_state_squeeze', state, room(length + 1));
        await guest.fails('invalid_length', 'symmetric_state_squeeze', state, room(1000));
      }
    },
  },
  {
    name: 'a clone of a hash goes on by itself',
    source: specification('State'),
    detects: ['clone-shares-state'],
    async run(context) {
      const guest = await Guest.create(context);
      const state = await guest.number('symmetric_state_open', 'SHA-256', none, none, out);
      await absorb(guest, state, 'a');
      const clone = await guest.number('symmetric_state_clone', state, out);
      await absorb(guest, state, 'b');
      await absorb(guest, clone, 'c');
      const [one, two] = await mapInOrder([state, clone], (each) =>
        guest.bytes('symmetric_state_squeeze', each, room(32)),
      );
      assert.deepEqual(one, await hash(guest, 'SHA-256', 32, Buffer.from('ab')));
      assert.deepEqual(two, await hash(guest, 'SHA-256', 32, Buffer.from('ac')));
      await guest.ok('symmetric_state_close', state);
      await guest.bytes('symmetric_state_squeeze', clone, room(32));
    },
  },
  {
    name: 'a hash takes no key',
    source: measured,
    detects: ['hash-takes-key'],
    async run(context) {
      const guest = await Guest.create(context);
      const key = await symmetricKey(guest, 'HMAC/SHA-256', 'key');
      for (const algorithm of ['SHA-256', 'SHA-512', 'SHA-512/256']) {
        await guest.fails('key_not_supported', 'symmetric_key_import', algorithm, 'key', out);
        await guest.fails('key_not_supported', 'symmetric_state_open', algorithm, optional(key), none, out);
      }
    },
  },
  {
    name: 'what a construction does not have is an invalid operation',
    source: measured,
    detects: ['foreign-operation-succeeds'],
    async run(context) {
      const guest = await Guest.create(context);
      const states = {
        hash: await guest.number('symmetric_state_open', 'SHA-256', none, none, out),
        mac: await keyedState(guest, 'HMAC/SHA-256', 'key'),
        extract: await keyedState(guest, 'HKDF-EXTRACT/SHA-256', 'key'),
        expand: await keyedState(guest, 'HKDF-EXPAND/SHA-256', Buffer.alloc(32)),
      };
      for (const state of Object.values(states)) {
        await guest.fails('invalid_operation', 'symmetric_state_max_tag_len', state, out);
        await guest.fails('invalid_operation', 'symmetric_state_encrypt', state, room(20), 'data', out);
        await guest.fails(
          'invalid_operation',
          'symmetric_state_encrypt_detached',
          state,
          room(4),
          'data',
          out,
        );
        await guest.fails(
          'invalid_operation',
          'symmetric_state_decrypt',
          state,
          room(4),
          Buffer.alloc(20),
          out,
        );
        const detached = [room(4), 'data', Buffer.alloc(16), out] as const;
        await guest.fails('invalid_operation', 'symmetric_state_decrypt_detached', state, ...detached);
        await guest.fails('invalid_operation', 'symmetric_state_ratchet', state);
      }
      for (const state of [states.hash, states.extract, states.expand]) {
        await guest.fails('invalid_operation', 'symmetric_state_squeeze_tag', state, out);
      }
      for (const state of [states.mac, states.extract]) {
        await guest.fails('invalid_operation', 'symmetric_state_squeeze', state, room(4));
      }
      for (const [state, algorithm] of [
        [states.hash, 'SHA-256'],
        [states.mac, 'HMAC/SHA-256'],
        [states.expand, 'HKDF-EXPAND/SHA-256'],
      ] as const) {
        await guest.fails('invalid_operation', 'symmetric_state_squeeze_key', state, algorithm, out);
      }
    },
  },
];
