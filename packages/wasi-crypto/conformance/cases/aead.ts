import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import { expectAnswers, expectErrors } from '../drive/crypto-script.js';
import { Guest, none, optional, out, out64, room } from '../drive/guest.js';
import { absorb, aeadState, algorithmType, hex, nonceOptions, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { chachaVectors, gcmVectors, xchachaVectors } from '../vectors/aead.js';

interface Vector {
  readonly key: string;
  readonly nonce: string;
  readonly ad: string;
  readonly plaintext: string | null;
  readonly ciphertext: string;
  readonly tag: string;
}

const ciphers = [
  ['AES-128-GCM', 16],
  ['AES-256-GCM', 32],
  ['CHACHA20-POLY1305', 32],
] as const;
const nonce = Buffer.from('nonce of 12b');
const plaintext = Buffer.from('a plaintext of more than one block of sixteen bytes');

async function checkVectors(
  context: CaseContext,
  algorithm: string,
  vectors: readonly Vector[],
): Promise<void> {
  await expectAnswers(
    context,
    vectors.flatMap(({ key, nonce: iv, ad, plaintext: plain, ciphertext, tag }) =>
      plain === null
        ? []
        : [
            { operation: ['encrypt', algorithm, key, iv, ad, plain], answer: ciphertext + tag },
            { operation: ['decrypt', algorithm, key, iv, ad, ciphertext + tag], answer: plain },
            { operation: ['encrypt-detached', algorithm, key, iv, ad, plain], answer: ciphertext + tag },
            { operation: ['decrypt-detached', algorithm, key, iv, ad, ciphertext, tag], answer: plain },
          ],
    ),
  );
}

/** Plaintext, ciphertext and tag of a state with a key of zeros. */
function seal(guest: Guest, algorithm: string, keyLength: number, iv = nonce): Buffer {
  const state = aeadState(guest, algorithm, Buffer.alloc(keyLength), iv);
  absorb(guest, state, 'additional');
  return guest.bytes('symmetric_state_encrypt', state, room(plaintext.byteLength + 16), plaintext, out);
}

function openState(guest: Guest, algorithm: string, keyLength: number, iv = nonce): number {
  const state = aeadState(guest, algorithm, Buffer.alloc(keyLength), iv);
  absorb(guest, state, 'additional');
  return state;
}

export const aeadCases: readonly ConformanceCase[] = [
  ...(['AES-128-GCM', 'AES-256-GCM'] as const).map(
    (algorithm): ConformanceCase => ({
      name: `${algorithm} encrypts and decrypts`,
      source: 'NIST CAVP, GCM test vectors (gcmEncryptExtIV)',
      run: (context) => checkVectors(context, algorithm, gcmVectors[algorithm]),
    }),
  ),
  {
    name: 'ChaCha20-Poly1305 encrypts and decrypts',
    source: 'RFC 8439 section 2.8.2 and appendix A.5; OpenSSL, evpciph.txt',
    run: (context) => checkVectors(context, 'CHACHA20-POLY1305', chachaVectors),
  },
  {
    name: 'XChaCha20-Poly1305 encrypts and decrypts',
    source: 'draft-irtf-cfrg-xchacha-03 appendix A.3.1; libsodium, through PyNaCl (vectors/generate.py)',
    upstreamDiffers: 'WasmEdge has no XCHACHA20-POLY1305: unsupported_algorithm',
    run: (context) => checkVectors(context, 'XCHACHA20-POLY1305', xchachaVectors),
  },
  {
    name: 'a ciphertext that is not authentic is not decrypted',
    source: 'NIST CAVP, GCM test vectors (gcmDecrypt); OpenSSL, evpciph.txt',
    detects: ['forgery-decrypts'],
    run: (context) =>
      expectErrors(
        context,
        Object.entries({ ...gcmVectors, 'CHACHA20-POLY1305': chachaVectors }).flatMap(
          ([algorithm, vectors]) =>
            vectors
              .filter((vector) => vector.plaintext === null)
              .flatMap(({ key, nonce: iv, ad, ciphertext, tag }) => [
                {
                  operation: ['decrypt', algorithm, key, iv, ad, ciphertext + tag] as const,
                  errors: ['invalid_tag'] as const,
                },
                {
                  operation: ['decrypt-detached', algorithm, key, iv, ad, ciphertext, tag] as const,
                  errors: ['invalid_tag'] as const,
                },
              ]),
        ),
      ),
  },
  {
    name: 'no byte of a ciphertext, its tag, nonce or additional data can be changed, and nothing of the plaintext is told',
    source: specification('AEADs'),
    detects: ['forgery-decrypts', 'forgery-leaves-plaintext'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const sealed = seal(guest, algorithm, keyLength);
        const expectForgery = (state: number, bytes: Uint8Array) => {
          const length = plaintext.byteLength;
          const { errno, answers } = guest.invoke('symmetric_state_decrypt', state, room(length), bytes, out);
          assert.equal(errno, 21, 'invalid_tag');
          assert.deepEqual(answers[0], Buffer.alloc(length));
        };
        for (const index of [0, 20, plaintext.byteLength - 1, plaintext.byteLength, sealed.byteLength - 1]) {
          const changed = Buffer.from(sealed);
          changed.writeUInt8(changed.readUInt8(index) ^ 0x80, index);
          expectForgery(openState(guest, algorithm, keyLength), changed);
        }
        expectForgery(openState(guest, algorithm, keyLength, Buffer.from('Nonce of 12b')), sealed);
        expectForgery(aeadState(guest, algorithm, Buffer.alloc(keyLength), nonce), sealed);
        const state = openState(guest, algorithm, keyLength);
        absorb(guest, state, 'more');
        expectForgery(state, sealed);
      }
    },
  },
  {
    name: 'additional data may come in parts',
    source: specification('AEADs'),
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const state = aeadState(guest, algorithm, Buffer.alloc(keyLength), nonce);
        absorb(guest, state, 'add', 'ition', '', 'al');
        const sealed = seal(guest, algorithm, keyLength);
        const opened = guest.bytes('symmetric_state_decrypt', state, room(plaintext.byteLength), sealed, out);
        assert.deepEqual(opened, plaintext);
      }
    },
  },
  {
    name: 'the room for an answer has exactly its size',
    source: measured,
    detects: ['output-length-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const length = plaintext.byteLength;
      const tag = Buffer.alloc(16);
      for (const [algorithm, keyLength] of ciphers) {
        const state = openState(guest, algorithm, keyLength);
        assert.equal(guest.number('symmetric_state_max_tag_len', state, out), 16);
        for (const wrong of [0, length, length + 15, length + 17]) {
          guest.fails('invalid_length', 'symmetric_state_encrypt', state, room(wrong), plaintext, out);
          guest.fails('invalid_length', 'symmetric_state_decrypt', state, room(length), tag, out);
        }
        for (const wrong of [0, length - 1, length + 1]) {
          guest.fails(
            'invalid_length',
            'symmetric_state_encrypt_detached',
            state,
            room(wrong),
            plaintext,
            out,
          );
          const detached = [room(wrong), plaintext, tag, out] as const;
          guest.fails('invalid_length', 'symmetric_state_decrypt_detached', state, ...detached);
        }
        guest.fails('invalid_length', 'symmetric_state_decrypt', state, room(0), 'short', out);
        const sealed = guest.invoke('symmetric_state_encrypt', state, room(length + 16), plaintext, out);
        assert.deepEqual([sealed.errno, sealed.answers[1]], [0, BigInt(length + 16)]);
        assert.deepEqual(sealed.answers[0], seal(guest, algorithm, keyLength));
      }
    },
  },
  {
    name: 'nothing, and nothing but additional data, can be encrypted',
    source: 'NIST CAVP, GCM test vectors (PTlen = 0)',
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const tag = guest.bytes(
          'symmetric_state_encrypt',
          openState(guest, algorithm, keyLength),
          room(16),
          '',
          out,
        );
        const state = openState(guest, algorithm, keyLength);
        const opened = guest.invoke('symmetric_state_decrypt', state, room(0), tag, out);
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
        const sealed = seal(guest, algorithm, keyLength);
        const [ciphertext, tag] = [sealed.subarray(0, -16), sealed.subarray(-16)];
        const longer = Buffer.concat([tag, Buffer.alloc(1)]);
        for (const wrong of [tag.subarray(0, 0), tag.subarray(0, 4), tag.subarray(0, 15), longer]) {
          const { errno } = guest.invoke(
            'symmetric_state_decrypt_detached',
            openState(guest, algorithm, keyLength),
            room(ciphertext.byteLength),
            ciphertext,
            wrong,
            out,
          );
          // invalid_length, or invalid_tag for a tag that cannot verify.
          assert(errno === 9 || errno === 21, `a tag of ${wrong.byteLength} bytes gives ${errno}`);
        }
      }
    },
  },
  {
    name: 'one state encrypts once: its nonce is not used again',
    source: measured,
    detects: ['gcm-state-reuse'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers.slice(0, 2)) {
        expectOneUse(guest, algorithm, keyLength);
      }
    },
  },
  {
    name: 'one state of ChaCha20-Poly1305 encrypts once: its nonce is not used again',
    source: 'RFC 8439 section 4: a nonce must not be repeated',
    upstreamDiffers: 'WasmEdge encrypts again under the same nonce, and forgets the additional data',
    detects: ['chacha-state-reuse'],
    async run(context) {
      expectOneUse(await Guest.create(context), 'CHACHA20-POLY1305', 32);
    },
  },
  {
    name: 'an AEAD needs a key and a nonce of the right sizes',
    source: measured,
    detects: ['nonce-length-unchecked'],
    async run(context) {
      const guest = await Guest.create(context);
      const empty = guest.number('options_open', algorithmType.symmetric, out);
      const good = nonceOptions(guest, nonce);
      for (const [algorithm, keyLength] of ciphers) {
        const key = optional(symmetricKey(guest, algorithm, Buffer.alloc(keyLength)));
        guest.fails('nonce_required', 'symmetric_state_open', algorithm, key, none, out);
        guest.fails('invalid_nonce', 'symmetric_state_open', algorithm, key, optional(empty), out);
        for (const length of [0, 1, 11, 13, 16, 24]) {
          const options = optional(nonceOptions(guest, Buffer.alloc(length)));
          guest.fails('invalid_nonce', 'symmetric_state_open', algorithm, key, options, out);
        }
        guest.fails('key_required', 'symmetric_state_open', algorithm, none, optional(good), out);
        guest.fails('invalid_handle', 'symmetric_state_open', algorithm, key, optional(0x7701), out);
        for (const length of [0, keyLength - 1, keyLength + 1]) {
          const wrong = optional(symmetricKey(guest, algorithm, Buffer.alloc(length)));
          guest.fails('invalid_handle', 'symmetric_state_open', algorithm, wrong, optional(good), out);
        }
      }
      const other = optional(symmetricKey(guest, 'AES-128-GCM', Buffer.alloc(16)));
      guest.fails('invalid_key', 'symmetric_state_open', 'AES-256-GCM', other, optional(good), out);
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
      const key = optional(symmetricKey(guest, algorithm, Buffer.alloc(32)));
      const nonces = [0, 1].map(() => {
        const state = guest.number('symmetric_state_open', algorithm, key, none, out);
        const made = guest.bytes('symmetric_state_options_get', state, 'nonce', room(24), out);
        const sealed = guest.bytes(
          'symmetric_state_encrypt',
          state,
          room(plaintext.byteLength + 16),
          plaintext,
          out,
        );
        const opening = aeadState(guest, algorithm, Buffer.alloc(32), made);
        const opened = guest.bytes(
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
      const wrong = optional(nonceOptions(guest, nonce));
      guest.fails('invalid_nonce', 'symmetric_state_open', algorithm, key, wrong, out);
    },
  },
  {
    name: 'a state tells its nonce and no other option',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const state = openState(guest, algorithm, keyLength);
        const told = guest.invoke('symmetric_state_options_get', state, 'nonce', room(20), out);
        assert.deepEqual([told.errno, told.answers[1]], [0, 12n]);
        assert.deepEqual((told.answers[0] as Buffer).subarray(0, 12), nonce);
        guest.fails('overflow', 'symmetric_state_options_get', state, 'nonce', room(11), out);
        for (const name of ['NONCE', 'salt', 'context', '']) {
          guest.fails('unsupported_option', 'symmetric_state_options_get', state, name, room(20), out);
        }
        for (const name of ['nonce', 'parallelism']) {
          guest.fails('unsupported_option', 'symmetric_state_options_get_u64', state, name, out64);
        }
        guest.fails('invalid_handle', 'symmetric_state_options_get', 0x7708, 'nonce', room(20), out);
        guest.fails('invalid_handle', 'symmetric_state_options_get_u64', 0x7708, 'nonce', out64);
      }
    },
  },
  {
    name: 'an AEAD does not squeeze and does not ratchet',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const state = openState(guest, algorithm, keyLength);
        guest.fails('invalid_operation', 'symmetric_state_squeeze', state, room(16));
        guest.fails('invalid_operation', 'symmetric_state_squeeze_tag', state, out);
        guest.fails('invalid_operation', 'symmetric_state_squeeze_key', state, algorithm, out);
        guest.fails('invalid_operation', 'symmetric_state_ratchet', state);
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
        const sealed = seal(guest, algorithm, keyLength);
        const state = aeadState(guest, algorithm, Buffer.alloc(keyLength), nonce);
        absorb(guest, state, 'addi');
        const clone = guest.number('symmetric_state_clone', state, out);
        absorb(guest, state, 'other');
        absorb(guest, clone, 'tional');
        const opened = guest.bytes('symmetric_state_decrypt', clone, room(plaintext.byteLength), sealed, out);
        assert.deepEqual(opened, plaintext);
      }
    },
  },
  {
    name: 'output may be written over the input',
    source: specification('Symmetric operations'),
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, keyLength] of ciphers) {
        const sealed = seal(guest, algorithm, keyLength);
        const length = plaintext.byteLength;
        const sealing = openState(guest, algorithm, keyLength);
        const opening = openState(guest, algorithm, keyLength);
        const at = 40_000;
        guest.raw.store(at, plaintext);
        const encrypted = guest.raw.call('symmetric_state_encrypt', sealing, at, length + 16, at, length, 16);
        assert.equal(encrypted, 0);
        assert.deepEqual(guest.raw.load(at, length + 16), sealed);
        assert.equal(guest.raw.call('symmetric_state_decrypt', opening, at, length, at, length + 16, 16), 0);
        assert.deepEqual(guest.raw.load(at, length), plaintext);
      }
    },
  },
  {
    name: 'a state outlives the key and the options it was opened with',
    source: specification('Handles'),
    async run(context) {
      const guest = await Guest.create(context);
      const [{ key, nonce: iv, ad, plaintext: plain, ciphertext, tag }] = xfirst;
      const options = nonceOptions(guest, hex(iv));
      const keyHandle = symmetricKey(guest, 'CHACHA20-POLY1305', hex(key));
      const state = guest.number(
        'symmetric_state_open',
        'CHACHA20-POLY1305',
        optional(keyHandle),
        optional(options),
        out,
      );
      guest.ok('options_set', options, 'nonce', 'other nonce!');
      guest.ok('options_close', options);
      guest.ok('symmetric_key_close', keyHandle);
      absorb(guest, state, hex(ad));
      const length = plain.length / 2 + 16;
      const sealed = guest.bytes('symmetric_state_encrypt', state, room(length), hex(plain), out);
      assert.equal(sealed.toString('hex'), ciphertext + tag);
    },
  },
];

const xfirst = [chachaVectors[0]] as const;

/** After one operation, that succeeded or not at will of a forger, nothing more is encrypted under the nonce. */
function expectOneUse(guest: Guest, algorithm: string, keyLength: number): void {
  const length = plaintext.byteLength;
  const state = openState(guest, algorithm, keyLength);
  guest.bytes('symmetric_state_encrypt', state, room(length + 16), plaintext, out);
  guest.fails('algorithm_failure', 'symmetric_state_encrypt', state, room(length + 16), plaintext, out);
  guest.fails('algorithm_failure', 'symmetric_state_encrypt_detached', state, room(length), plaintext, out);
}
