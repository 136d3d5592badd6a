import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { ciphers, nonce, openState, plaintext, seal } from '../drive/aead-states.js';
import { Guest, out, room } from '../drive/guest.js';
import { absorb, aeadState } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';

export const aeadCases: readonly ConformanceCase[] = [
  {
    name: 'additional data may come in parts',
    source: specification('AEADs'),
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const state = await aeadState(guest, algorithm, Buffer.alloc(keyLength), nonce);
        await absorb(guest, state, 'add', 'ition', '', 'al');
        const sealed = await seal(guest, algorithm, keyLength);
        const opened = await guest.bytes(
          'symmetric_state_decrypt',
          state,
          room(plaintext.byteLength),
          sealed,
          out,
        );
        assert.deepEqual(opened, plaintext);
      }
    },
  },
  {
    name: 'a room of exactly the size is filled, and less than a tag is no ciphertext',
    source: measured,
    detects: ['output-length-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const length = plaintext.byteLength;
      for (const [algorithm, keyLength] of ciphers) {
        const state = await openState(guest, algorithm, keyLength);
        assert.equal(await guest.number('symmetric_state_max_tag_len', state, out), 16);
        await guest.fails('invalid_length', 'symmetric_state_decrypt', state, room(0), 'short', out);
        const sealed = await guest.invoke(
          'symmetric_state_encrypt',
          state,
          room(length + 16),
          plaintext,
          out,
        );
        assert.deepEqual([sealed.errno, sealed.answers[1]], [0, BigInt(length + 16)]);
        assert.deepEqual(sealed.answers[0], await seal(guest, algorithm, keyLength));
      }
    },
  },
  {
    name: 'nothing, and nothing but additional data, can be encrypted',
    source: 'NIST CAVP, GCM test vectors (PTlen = 0)',
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const tag = await guest.bytes(
          'symmetric_state_encrypt',
          await openState(guest, algorithm, keyLength),
          room(16),
          '',
          out,
        );
        const state = await openState(guest, algorithm, keyLength);
        const opened = await guest.invoke('symmetric_state_decrypt', state, room(0), tag, out);
        assert.deepEqual([opened.errno, opened.answers[1]], [0, 0n]);
      }
    },
  },
  {
    name: 'a detached tag has exactly its length',
    source: specification('Authentication tags'),
    upstreamDiffers: 'WasmEdge does not look at the length of the tag and reads 16 bytes',
    detects: ['detached-tag-length-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const sealed = await seal(guest, algorithm, keyLength);
        const [ciphertext, tag] = [sealed.subarray(0, -16), sealed.subarray(-16)];
        const longer = Buffer.concat([tag, Buffer.alloc(1)]);
        for (const wrong of [tag.subarray(0, 0), tag.subarray(0, 4), tag.subarray(0, 15), longer]) {
          await guest.fails(
            'invalid_tag',
            'symmetric_state_decrypt_detached',
            await openState(guest, algorithm, keyLength),
            room(ciphertext.byteLength),
            ciphertext,
            wrong,
            out,
          );
        }
      }
    },
  },
  {
    name: 'output may be written over the input',
    source: specification('Symmetric operations'),
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const sealed = await seal(guest, algorithm, keyLength);
        const length = plaintext.byteLength;
        const sealing = await openState(guest, algorithm, keyLength);
        const opening = await openState(guest, algorithm, keyLength);
        const at = 40_000;
        await guest.raw.store(at, plaintext);
        const encrypted = await guest.raw.call(
          'symmetric_state_encrypt',
          sealing,
          at,
          length + 16,
          at,
          length,
          16,
        );
        assert.equal(encrypted, 0);
        assert.deepEqual(await guest.raw.load(at, length + 16), sealed);
        assert.equal(
          await guest.raw.call('symmetric_state_decrypt', opening, at, length, at, length + 16, 16),
          0,
        );
        assert.deepEqual(await guest.raw.load(at, length), plaintext);
      }
    },
  },
];
