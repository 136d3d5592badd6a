import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { ciphers, nonce, openState, plaintext, seal } from '../drive/aead-states.js';
import { Guest, none, optional, out, out64, room } from '../drive/guest.js';
import { absorb, aeadState, hex, nonceOptions, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { chachaVectors } from '../vectors/aead.js';

export const aeadStateCases: readonly ConformanceCase[] = [
  {
    name: 'one state encrypts once: its nonce is not used again',
    source: measured,
    detects: ['gcm-state-reuse'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers.slice(0, 2)) {
        await expectOneUse(guest, algorithm, keyLength);
      }
    },
  },
  {
    name: 'one state of ChaCha20-Poly1305 encrypts once: its nonce is not used again',
    source: 'RFC 8439 section 4: a nonce must not be repeated',
    upstreamDiffers: 'WasmEdge encrypts again under the same nonce, and forgets the additional data',
    detects: ['chacha-state-reuse'],
    async run(context) {
      await expectOneUse(await Guest.create(context), 'CHACHA20-POLY1305', 32);
    },
  },
  {
    name: 'an AEAD needs a key of its own algorithm, and a nonce of the right size',
    source: measured,
    detects: ['nonce-length-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const good = await nonceOptions(guest, nonce);
      for (const [algorithm, keyLength] of ciphers) {
        const key = optional(await symmetricKey(guest, algorithm, Buffer.alloc(keyLength)));
        await guest.fails('nonce_required', 'symmetric_state_open', algorithm, key, none, out);
        for (const length of [0, 1, 11, 13, 16, 24]) {
          const options = optional(await nonceOptions(guest, Buffer.alloc(length)));
          await guest.fails('invalid_nonce', 'symmetric_state_open', algorithm, key, options, out);
        }
        await guest.fails('key_required', 'symmetric_state_open', algorithm, none, optional(good), out);
        await guest.fails('invalid_handle', 'symmetric_state_open', algorithm, key, optional(0x7701), out);
      }
      const other = optional(await symmetricKey(guest, 'AES-128-GCM', Buffer.alloc(16)));
      await guest.fails('invalid_key', 'symmetric_state_open', 'AES-256-GCM', other, optional(good), out);
    },
  },
  {
    name: 'XChaCha20-Poly1305 makes a nonce when none is given, and tells it',
    source: specification('AEADs'),
    upstreamDiffers: 'WasmEdge has no XCHACHA20-POLY1305: unsupported_algorithm',
    detects: ['constant-nonce'],
    async run(context) {
      const guest = await Guest.create(context);
      const algorithm = 'XCHACHA20-POLY1305';
      const key = optional(await symmetricKey(guest, algorithm, Buffer.alloc(32)));
      const nonces = await mapInOrder([0, 1], async () => {
        const state = await guest.number('symmetric_state_open', algorithm, key, none, out);
        const made = await guest.bytes('symmetric_state_options_get', state, 'nonce', room(24), out);
        const sealed = await guest.bytes(
          'symmetric_state_encrypt',
          state,
          room(plaintext.byteLength + 16),
          plaintext,
          out,
        );
        const opening = await aeadState(guest, algorithm, Buffer.alloc(32), made);
        const opened = await guest.bytes(
          'symmetric_state_decrypt',
          opening,
          room(plaintext.byteLength),
          sealed,
          out,
        );
        assert.deepEqual(opened, plaintext);
        return made.toString('hex');
      });
      assert.notEqual(nonces[0], nonces[1]);
      const wrong = optional(await nonceOptions(guest, nonce));
      await guest.fails('invalid_nonce', 'symmetric_state_open', algorithm, key, wrong, out);
    },
  },
  {
    name: 'a state tells its nonce and no other option',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const state = await openState(guest, algorithm, keyLength);
        const told = await guest.invoke('symmetric_state_options_get', state, 'nonce', room(20), out);
        assert.deepEqual([told.errno, told.answers[1]], [0, 12n]);
        assert.deepEqual((told.answers[0] as Buffer).subarray(0, 12), nonce);
        await guest.fails('overflow', 'symmetric_state_options_get', state, 'nonce', room(11), out);
        for (const name of ['salt', 'context', '']) {
          await guest.fails('unsupported_option', 'symmetric_state_options_get', state, name, room(20), out);
        }
        for (const name of ['nonce', 'parallelism']) {
          await guest.fails('unsupported_option', 'symmetric_state_options_get_u64', state, name, out64);
        }
        await guest.fails('invalid_handle', 'symmetric_state_options_get', 0x7708, 'nonce', room(20), out);
        await guest.fails('invalid_handle', 'symmetric_state_options_get_u64', 0x7708, 'nonce', out64);
      }
    },
  },
  {
    name: 'an AEAD does not squeeze and does not ratchet',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const state = await openState(guest, algorithm, keyLength);
        await guest.fails('invalid_operation', 'symmetric_state_squeeze', state, room(16));
        await guest.fails('invalid_operation', 'symmetric_state_squeeze_tag', state, out);
        await guest.fails('invalid_operation', 'symmetric_state_squeeze_key', state, algorithm, out);
        await guest.fails('invalid_operation', 'symmetric_state_ratchet', state);
      }
    },
  },
  {
    name: 'a clone of an AEAD decrypts by itself',
    source: specification('State'),
    upstreamDiffers: 'WasmEdge answers not_implemented for every AEAD with OpenSSL 3',
    detects: ['clone-not-implemented'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const sealed = await seal(guest, algorithm, keyLength);
        const state = await aeadState(guest, algorithm, Buffer.alloc(keyLength), nonce);
        await absorb(guest, state, 'addi');
        const clone = await guest.number('symmetric_state_clone', state, out);
        await absorb(guest, state, 'other');
        await absorb(guest, clone, 'tional');
        const opened = await guest.bytes(
          'symmetric_state_decrypt',
          clone,
          room(plaintext.byteLength),
          sealed,
          out,
        );
        assert.deepEqual(opened, plaintext);
      }
    },
  },
  {
    name: 'a state of an AEAD and its clones encrypt no two messages under their nonce',
    source: 'NIST SP 800-38D section 8; RFC 8439 section 4: a nonce must not be repeated',
    upstreamDiffers: 'WasmEdge answers not_implemented for clones of every AEAD with OpenSSL 3',
    detects: ['gcm-state-reuse'],
    async run(context) {
      const guest = await Guest.create(context);
      const size = room(plaintext.byteLength + 16);
      const another = Buffer.alloc(plaintext.byteLength, 1);
      for (const [algorithm, keyLength] of ciphers) {
        const state = await openState(guest, algorithm, keyLength);
        const [clone, other] = (await mapInOrder([0, 1], () =>
          guest.number('symmetric_state_clone', state, out),
        )) as [number, number];
        await guest.ok('symmetric_state_encrypt', clone, size, plaintext, out);
        await guest.fails('algorithm_failure', 'symmetric_state_encrypt', clone, size, plaintext, out);
        await guest.fails('algorithm_failure', 'symmetric_state_encrypt', state, size, another, out);
        await absorb(guest, other, 'more');
        await guest.fails('algorithm_failure', 'symmetric_state_encrypt', other, size, plaintext, out);
      }
    },
  },
  {
    name: 'a state outlives the key and the options it was opened with',
    source: specification('Handles'),
    async run(context) {
      const guest = await Guest.create(context);
      const [{ key, nonce: iv, ad, plaintext: plain, ciphertext, tag }] = xfirst;
      const options = await nonceOptions(guest, hex(iv));
      const keyHandle = await symmetricKey(guest, 'CHACHA20-POLY1305', hex(key));
      const state = await guest.number(
        'symmetric_state_open',
        'CHACHA20-POLY1305',
        optional(keyHandle),
        optional(options),
        out,
      );
      await guest.ok('options_set', options, 'nonce', 'other nonce!');
      await guest.ok('options_close', options);
      await guest.ok('symmetric_key_close', keyHandle);
      await absorb(guest, state, hex(ad));
      const length = plain.length / 2 + 16;
      const sealed = await guest.bytes('symmetric_state_encrypt', state, room(length), hex(plain), out);
      assert.equal(sealed.toString('hex'), ciphertext + tag);
    },
  },
];

const xfirst = [chachaVectors[0]] as const;

/** After one operation, that succeeded or not at will of a forger, nothing more is encrypted under the nonce. */
async function expectOneUse(guest: Guest, algorithm: string, keyLength: number): Promise<void> {
  const length = plaintext.byteLength;
  const state = await openState(guest, algorithm, keyLength);
  await guest.bytes('symmetric_state_encrypt', state, room(length + 16), plaintext, out);
  await guest.fails('algorithm_failure', 'symmetric_state_encrypt', state, room(length + 16), plaintext, out);
  await guest.fails(
    'algorithm_failure',
    'symmetric_state_encrypt_detached',
    state,
    room(length),
    plaintext,
    out,
  );
}
