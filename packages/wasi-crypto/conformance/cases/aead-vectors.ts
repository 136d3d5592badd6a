import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import { ciphers, nonce, openState, plaintext, seal } from '../drive/aead-states.js';
import { expectAnswers, expectErrors } from '../drive/crypto-script.js';
import { Guest, out, room } from '../drive/guest.js';
import { absorb, aeadState } from '../drive/operations.js';
import { specification } from '../drive/sources.js';
import { chachaVectors, gcmVectors, xchachaVectors } from '../vectors/aead.js';

interface Vector {
  readonly key: string;
  readonly nonce: string;
  readonly ad: string;
  readonly plaintext: string | null;
  readonly ciphertext: string;
  readonly tag: string;
}

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

export const aeadVectorCases: readonly ConformanceCase[] = [
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
        const sealed = await seal(guest, algorithm, keyLength);
        const expectForgery = async (state: number, bytes: Uint8Array) => {
          const length = plaintext.byteLength;
          const { errno, answers } = await guest.invoke(
            'symmetric_state_decrypt',
            state,
            room(length),
            bytes,
            out,
          );
          assert.equal(errno, 21, 'invalid_tag');
          assert.deepEqual(answers[0], Buffer.alloc(length));
        };
        for (const index of [0, 20, plaintext.byteLength - 1, plaintext.byteLength, sealed.byteLength - 1]) {
          const changed = Buffer.from(sealed);
          changed.writeUInt8(changed.readUInt8(index) ^ 0x80, index);
          await expectForgery(await openState(guest, algorithm, keyLength), changed);
        }
        await expectForgery(
          await openState(guest, algorithm, keyLength, Buffer.from('Nonce of 12b')),
          sealed,
        );
        await expectForgery(await aeadState(guest, algorithm, Buffer.alloc(keyLength), nonce), sealed);
        const state = await openState(guest, algorithm, keyLength);
        await absorb(guest, state, 'more');
        await expectForgery(state, sealed);
      }
    },
  },
];
