import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { expectAnswers, expectErrors } from '../drive/crypto-script.js';
import { Guest, none, optional, out, room } from '../drive/guest.js';
import { absorb, keyedState, pullTag, symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';
import { hmacVectors } from '../vectors/hmac-hkdf.js';

const algorithms = ['HMAC/SHA-256', 'HMAC/SHA-512'] as const;
const message = Buffer.from('message');

export const macCases: readonly ConformanceCase[] = [
  ...(['HMAC/SHA-256', 'HMAC/SHA-512', 'HMAC/SHA-384'] as const).map(
    (algorithm): ConformanceCase => ({
      name: `${algorithm} with keys and messages of many lengths`,
      source: 'RFC 4231 section 4',
      ...(algorithm === 'HMAC/SHA-384' && {
        upstreamDiffers: 'WasmEdge has no HMAC/SHA-384: unsupported_algorithm',
      }),
      async run(context) {
        // One of them has a tag that was cut to 128 bits.
        const whole = hmacVectors[algorithm].filter(({ tag }) => tag.length > 32);
        await expectAnswers(context, [
          ...whole.map(({ key, message: data, tag }) => ({
            operation: ['mac', algorithm, key, data] as const,
            answer: tag,
          })),
          ...whole.map(({ key, message: data, tag }) => ({
            operation: ['mac-verify', algorithm, key, data, tag] as const,
            answer: '',
          })),
        ]);
      },
    }),
  ),
  {
    name: 'a tag of another message or key does not verify',
    source: specification('Authentication tags'),
    detects: ['any-tag-verifies'],
    run: (context) =>
      expectErrors(
        context,
        algorithms.flatMap((algorithm) =>
          hmacVectors[algorithm].slice(0, 3).flatMap(({ key, message: data, tag }) => [
            { operation: ['mac-verify', algorithm, key, `${data}00`, tag], errors: ['invalid_tag'] as const },
            { operation: ['mac-verify', algorithm, `${key}01`, data, tag], errors: ['invalid_tag'] as const },
            {
              operation: ['mac-verify', algorithm, key, data, flipBit(tag)],
              errors: ['invalid_tag'] as const,
            },
          ]),
        ),
      ),
  },
  {
    name: 'a part of a tag, or more than the tag, does not verify',
    source: specification('Authentication tags'),
    upstreamDiffers: 'WasmEdge compares only the bytes given: any prefix of a tag verifies, even none',
    detects: ['tag-prefix-verifies'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const algorithm of algorithms) {
        const state = await keyedState(guest, algorithm, 'key');
        await absorb(guest, state, message);
        const bytes = await pullTag(guest, state);
        const length = bytes.byteLength;
        const tag = await guest.number('symmetric_state_squeeze_tag', state, out);
        for (const part of [0, 1, 10, 16, length - 1]) {
          await guest.fails('invalid_tag', 'symmetric_tag_verify', tag, bytes.subarray(0, part));
        }
        await guest.fails(
          'invalid_tag',
          'symmetric_tag_verify',
          tag,
          Buffer.concat([bytes, Buffer.alloc(1)]),
        );
        await guest.ok('symmetric_tag_verify', tag, bytes);
      }
    },
  },
  {
    name: 'a tag is pulled into a room of its length, and not into less',
    source: measured,
    detects: ['tag-pull-length'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, length] of [
        ['HMAC/SHA-256', 32],
        ['HMAC/SHA-512', 64],
      ] as const) {
        const state = await keyedState(guest, algorithm, 'key');
        const tag = await guest.number('symmetric_state_squeeze_tag', state, out);
        assert.equal(await guest.number('symmetric_tag_len', tag, out), length);
        await guest.fails('overflow', 'symmetric_tag_pull', tag, room(length - 1), out);
        const first = await guest.invoke('symmetric_tag_pull', tag, room(length), out);
        assert.deepEqual([first.errno, first.answers[1]], [0, BigInt(length)]);
      }
    },
  },
  {
    name: 'a tag that was closed is gone',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const [algorithm, length] of [
        ['HMAC/SHA-256', 32],
        ['HMAC/SHA-512', 64],
      ] as const) {
        const state = await keyedState(guest, algorithm, 'key');
        const tag = await guest.number('symmetric_state_squeeze_tag', state, out);
        await guest.ok('symmetric_tag_close', tag);
        await guest.fails('invalid_handle', 'symmetric_tag_len', tag, out);
        await guest.fails('invalid_handle', 'symmetric_tag_pull', tag, room(length), out);
        await guest.fails('invalid_handle', 'symmetric_tag_verify', tag, Buffer.alloc(length));
      }
    },
  },
  {
    name: 'a MAC goes on after its tag was taken, and a clone goes on by itself',
    source: specification('Message Authentication Codes'),
    detects: ['clone-shares-state'],
    async run(context) {
      const guest = await Guest.create(context);
      const tagOf = async (text: string) => {
        const state = await keyedState(guest, 'HMAC/SHA-256', 'key');
        await absorb(guest, state, text);
        return pullTag(guest, state);
      };
      const state = await keyedState(guest, 'HMAC/SHA-256', 'key');
      await absorb(guest, state, 'a');
      assert.deepEqual(await pullTag(guest, state), await tagOf('a'));
      assert.deepEqual(await pullTag(guest, state), await tagOf('a'));
      const clone = await guest.number('symmetric_state_clone', state, out);
      await absorb(guest, state, 'b');
      await absorb(guest, clone, 'c');
      assert.deepEqual(await pullTag(guest, state), await tagOf('ab'));
      assert.deepEqual(await pullTag(guest, clone), await tagOf('ac'));
    },
  },
  {
    name: 'a MAC needs a key of its own algorithm',
    source: measured,
    detects: ['takes-key-of-another-algorithm'],
    async run(context) {
      const guest = await Guest.create(context);
      await guest.fails('key_required', 'symmetric_state_open', 'HMAC/SHA-256', none, none, out);
      const key = await symmetricKey(guest, 'HMAC/SHA-512', 'key');
      await guest.fails('invalid_key', 'symmetric_state_open', 'HMAC/SHA-256', optional(key), none, out);
      await guest.fails(
        'invalid_handle',
        'symmetric_state_open',
        'HMAC/SHA-512',
        optional(0x7709),
        none,
        out,
      );
      await guest.ok('symmetric_key_close', key);
      await guest.fails('invalid_handle', 'symmetric_state_open', 'HMAC/SHA-512', optional(key), none, out);
    },
  },
  {
    name: 'keys of a MAC have any length, and are exported as they were imported',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      for (const algorithm of algorithms) {
        for (const length of [0, 1, 64, 129, 1000]) {
          const bytes = Buffer.alloc(length, 7);
          assert.deepEqual(
            await guest.output('symmetric_key_export', await symmetricKey(guest, algorithm, bytes)),
            bytes,
          );
          await keyedState(guest, algorithm, bytes);
        }
      }
    },
  },
];

function flipBit(digits: string): string {
  const bytes = Buffer.from(digits, 'hex');
  bytes.writeUInt8(bytes.readUInt8(bytes.byteLength - 1) ^ 1, bytes.byteLength - 1);
  return bytes.toString('hex');
}
