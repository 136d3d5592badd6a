import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { ciphers, nonce, openState, plaintext, seal } from '../drive/aead-states.js';
import { Guest, none, optional, out, room } from '../drive/guest.js';
import {
  absorb,
  aeadState,
  algorithmType,
  generateKeyPair,
  keyedState,
  pullTag,
  symmetricKey,
} from '../drive/operations.js';
import { specification } from '../drive/sources.js';

export const symmetricErrorCases: readonly ConformanceCase[] = [
  {
    name: 'a tag that was pulled is closed, so that any number can be taken',
    source: specification('Authentication tags'),
    upstreamDiffers: 'WasmEdge leaves the tag open',
    detects: ['pulled-tag-stays-open'],
    async run(context) {
      const guest = await Guest.create(context, { maxHandles: 6 });
      const state = await keyedState(guest, 'HMAC/SHA-256', 'key');
      for (let round = 0; round < 20; round += 1) {
        await pullTag(guest, state);
      }
      const tag = await guest.number('symmetric_state_squeeze_tag', state, out);
      await guest.fails('overflow', 'symmetric_tag_pull', tag, room(31), out);
      await guest.bytes('symmetric_tag_pull', tag, room(32), out);
      await guest.fails('invalid_handle', 'symmetric_tag_pull', tag, room(32), out);
      await guest.fails('invalid_handle', 'symmetric_tag_len', tag, out);
      await guest.fails('closed', 'symmetric_tag_close', tag);
    },
  },
  {
    name: 'a room that is too small for ciphertext or plaintext is an overflow',
    source: specification('Symmetric operations'),
    upstreamDiffers: 'WasmEdge answers invalid_length',
    detects: ['small-room-is-invalid-length'],
    async run(context) {
      const guest = await Guest.create(context);
      const length = plaintext.byteLength;
      const tag = Buffer.alloc(16);
      for (const [algorithm, keyLength] of ciphers) {
        const state = await openState(guest, algorithm, keyLength);
        for (const small of [0, length, length + 15]) {
          await guest.fails('overflow', 'symmetric_state_encrypt', state, room(small), plaintext, out);
        }
        for (const small of [0, length - 1]) {
          const sealed = Buffer.alloc(length + 16);
          const detached = [room(small), plaintext, tag, out] as const;
          await guest.fails('overflow', 'symmetric_state_decrypt', state, room(small), sealed, out);
          await guest.fails(
            'overflow',
            'symmetric_state_encrypt_detached',
            state,
            room(small),
            plaintext,
            out,
          );
          await guest.fails('overflow', 'symmetric_state_decrypt_detached', state, ...detached);
        }
      }
    },
  },
  {
    name: 'a room may be larger than ciphertext, plaintext or tag, and the length that was written is told',
    source: specification('Symmetric operations'),
    upstreamDiffers: 'WasmEdge answers invalid_length',
    detects: ['large-room-is-invalid-length', 'room-is-told-as-length'],
    async run(context) {
      const guest = await Guest.create(context);
      const length = plaintext.byteLength;
      for (const [algorithm, keyLength] of ciphers) {
        const open = () => openState(guest, algorithm, keyLength);
        const sealed = await seal(guest, algorithm, keyLength);
        const [ciphertext, tag] = [sealed.subarray(0, length), sealed.subarray(length)];
        const filled = async (expected: Uint8Array, ...call: Parameters<Guest['invoke']>) => {
          const { errno, answers } = await guest.invoke(...call);
          const rest = Buffer.alloc((answers[0] as Buffer).byteLength - expected.byteLength);
          assert.deepEqual([errno, answers[0]], [0, Buffer.concat([expected, rest])]);
          return answers[1];
        };
        for (const more of [1, 16, 300]) {
          const [sealing, opening] = [room(length + 16 + more), room(length + more)];
          const told = [
            await filled(sealed, 'symmetric_state_encrypt', await open(), sealing, plaintext, out),
            await filled(plaintext, 'symmetric_state_decrypt', await open(), opening, sealed, out),
            await filled(
              plaintext,
              'symmetric_state_decrypt_detached',
              await open(),
              opening,
              ciphertext,
              tag,
              out,
            ),
          ];
          assert.deepEqual(told, [BigInt(length + 16), BigInt(length), BigInt(length)]);
          const detached = await filled(
            ciphertext,
            'symmetric_state_encrypt_detached',
            await open(),
            opening,
            plaintext,
            out,
          );
          assert.equal(
            await filled(tag, 'symmetric_tag_pull', Number(detached), room(16 + more), out),
            BigInt(16),
          );
        }
      }
    },
  },
  {
    name: 'what does not encrypt says so, whatever the lengths are',
    source: specification('Symmetric operations'),
    upstreamDiffers: 'WasmEdge compares the lengths of detached encryption first',
    detects: ['unequal-lengths-come-first'],
    async run(context) {
      const guest = await Guest.create(context);
      const state = await guest.number('symmetric_state_open', 'SHA-256', none, none, out);
      const tag = Buffer.alloc(16);
      for (const length of [0, 3, 5]) {
        const detached = [room(length), 'data', tag, out] as const;
        await guest.fails(
          'invalid_operation',
          'symmetric_state_encrypt_detached',
          state,
          room(length),
          'data',
          out,
        );
        await guest.fails('invalid_operation', 'symmetric_state_decrypt_detached', state, ...detached);
      }
    },
  },
  {
    name: 'options without a nonce are no nonce',
    source: specification('State'),
    upstreamDiffers: 'WasmEdge answers invalid_nonce',
    detects: ['no-nonce-is-invalid-nonce'],
    async run(context) {
      const guest = await Guest.create(context);
      const empty = optional(await guest.number('options_open', algorithmType.symmetric, out));
      for (const [algorithm, keyLength] of ciphers) {
        const key = optional(await symmetricKey(guest, algorithm, Buffer.alloc(keyLength)));
        await guest.fails('nonce_required', 'symmetric_state_open', algorithm, key, empty, out);
      }
    },
  },
  {
    name: 'a key that a cipher cannot use is not imported',
    source: specification('Symmetric keys'),
    upstreamDiffers: 'WasmEdge imports it, and answers invalid_handle when it is used',
    detects: ['cipher-key-of-any-size'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        for (const length of [0, keyLength - 1, keyLength + 1]) {
          await guest.fails('invalid_key', 'symmetric_key_import', algorithm, Buffer.alloc(length), out);
        }
      }
    },
  },
  {
    name: 'a hash has no keys to generate',
    source: specification('Symmetric keys'),
    upstreamDiffers: 'WasmEdge answers key_not_supported',
    detects: ['hash-key-is-not-supported'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const algorithm of ['SHA-256', 'SHA-512', 'SHA-512/256']) {
        await guest.fails('unsupported_feature', 'symmetric_key_generate', algorithm, none, out);
      }
    },
  },
  {
    name: 'what gives no key says so, whatever key is asked for',
    source: specification('Symmetric operations'),
    upstreamDiffers: 'WasmEdge answers unsupported_algorithm for a key of another algorithm',
    detects: ['squeezed-key-is-unsupported'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const state of [
        await guest.number('symmetric_state_open', 'SHA-256', none, none, out),
        await keyedState(guest, 'HMAC/SHA-256', 'key'),
        await keyedState(guest, 'HKDF-EXPAND/SHA-256', Buffer.alloc(32)),
        await aeadState(guest, 'AES-128-GCM', Buffer.alloc(16), nonce),
      ]) {
        for (const algorithm of ['HKDF-EXPAND/SHA-256', 'SHA-512', 'AES-256-GCM', 'unknown']) {
          await guest.fails('invalid_operation', 'symmetric_state_squeeze_key', state, algorithm, out);
        }
      }
    },
  },
  {
    name: 'more than 255 digests are too long an output of HKDF',
    source: 'RFC 5869 section 2.3; WASI-Crypto specification, "Errors": invalid_length',
    upstreamDiffers: 'WasmEdge answers invalid_key',
    detects: ['long-expansion'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [digest, length] of [
        ['SHA-256', 32],
        ['SHA-512', 64],
      ] as const) {
        const state = await keyedState(guest, `HKDF-EXPAND/${digest}`, Buffer.alloc(length, 1));
        await guest.fails('invalid_length', 'symmetric_state_squeeze', state, room(255 * length + 1));
      }
    },
  },
  {
    name: 'the names of options that are read have any case of letters, as those that are set',
    source: specification('Options'),
    upstreamDiffers: 'WasmEdge answers unsupported_option for anything but lower case',
    detects: ['told-options-case-sensitive'],
    async run(context) {
      const guest = await Guest.create(context);
      const state = await openState(guest, 'AES-128-GCM', 16);
      for (const name of ['NONCE', 'Nonce', 'nonce']) {
        await guest.bytes('symmetric_state_options_get', state, name, room(12), out);
      }
    },
  },
  {
    name: 'more data than the host keeps is an overflow',
    source: `${specification('Symmetric operations')}; ${specification('Signature creation')}`,
    upstreamDiffers: 'WasmEdge has no bound',
    detects: ['too-much-is-failure'],
    async run(context) {
      const guest = await Guest.create(context, { maxStoredBytes: 3000 });
      const parts = [Buffer.alloc(1000), Buffer.alloc(2500)] as const;
      const extract = await keyedState(guest, 'HKDF-EXTRACT/SHA-256', 'key');
      const aead = await aeadState(guest, 'AES-128-GCM', Buffer.alloc(16), nonce);
      const pair = await generateKeyPair(guest, algorithmType.signatures, 'Ed25519');
      const signing = await guest.number('signature_state_open', pair, out);
      for (const [name, close, state] of [
        ['symmetric_state_absorb', 'symmetric_state_close', extract],
        ['symmetric_state_absorb', 'symmetric_state_close', aead],
        ['signature_state_update', 'signature_state_close', signing],
      ] as const) {
        await guest.ok(name, state, parts[0]);
        await guest.fails('overflow', name, state, parts[1]);
        await guest.ok(close, state);
      }
      const other = await keyedState(guest, 'HKDF-EXTRACT/SHA-256', 'key');
      await absorb(guest, other, parts[0]);
    },
  },
];
