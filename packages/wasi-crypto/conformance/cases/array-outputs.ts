import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { Guest, out, room } from '../drive/guest.js';
import { symmetricKey } from '../drive/operations.js';
import { measured, specification } from '../drive/sources.js';

const bytes = Buffer.from(Array.from({ length: 60 }, (_, index) => index + 1));
const section = specification('Array outputs');

/** A new output of 60 bytes. */
async function newOutput(guest: Guest): Promise<number> {
  const key = await symmetricKey(guest, 'HMAC/SHA-256', bytes);
  return guest.number('symmetric_key_export', key, out);
}

export const arrayOutputCases: readonly ConformanceCase[] = [
  {
    name: 'an output is pulled in one go, into room of its size or larger',
    source: section,
    async run(context) {
      const guest = await Guest.create(context);
      for (const length of [60, 61, 200]) {
        const array = await newOutput(guest);
        assert.equal(await guest.number('array_output_len', array, out), 60);
        const { errno, answers } = await guest.invoke('array_output_pull', array, room(length), out);
        assert.deepEqual([errno, answers[1]], [0, 60n]);
        const whole = Buffer.concat([bytes, Buffer.alloc(length - 60)]);
        assert.deepEqual(answers[0], whole);
      }
    },
  },
  {
    name: 'the length of an output is its whole length, whatever was pulled',
    source: measured,
    detects: ['output-length-is-remainder'],
    async run(context) {
      const guest = await Guest.create(context);
      const array = await newOutput(guest);
      await guest.bytes('array_output_pull', array, room(25), out);
      assert.equal(await guest.number('array_output_len', array, out), 60);
    },
  },
  {
    name: 'every byte is given exactly once, whatever the sizes of the pulls',
    source: section,
    upstreamDiffers: 'WasmEdge closes an output of which exactly half was pulled, and so loses bytes',
    detects: ['output-closes-at-half'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const sizes of [[60], [30], [20], [15, 30], [1], [7, 3], [59, 1], [40], [0, 17], [12, 24]]) {
        const array = await newOutput(guest);
        const parts: Buffer[] = [];
        for (let turn = 0; Buffer.concat(parts).byteLength < 60; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          const { errno, answers } = await guest.invoke('array_output_pull', array, room(size), out);
          assert.equal(errno, 0, `pull ${turn + 1} of sizes ${sizes}`);
          const got = Number(answers[1]);
          assert.equal(got, Math.min(size, 60 - Buffer.concat(parts).byteLength));
          parts.push((answers[0] as Buffer).subarray(0, got));
        }
        assert.deepEqual(Buffer.concat(parts), bytes);
        await expectEnd(guest, array);
      }
    },
  },
  {
    name: 'an output that was pulled whole tells its end once, and is closed then',
    source: measured,
    detects: ['output-stays-open'],
    async run(context) {
      const guest = await Guest.create(context);
      for (const sizes of [[60], [25, 25, 10], [100]]) {
        const array = await newOutput(guest);
        for (const size of sizes) {
          await guest.bytes('array_output_pull', array, room(size), out);
        }
        await expectEnd(guest, array);
      }
    },
  },
  {
    name: 'a pull that cannot be stored takes nothing from the output',
    source: 'measured: WasmEdge 0.14.1, every range error is algorithm_failure',
    detects: ['failed-pull-consumes'],
    async run(context) {
      const guest = await Guest.create(context);
      const array = await newOutput(guest);
      assert.equal(await guest.raw.call('array_output_pull', array, -8, 60, 16), 12);
      assert.equal(await guest.raw.call('array_output_pull', array, 4096, 60, -4), 12);
      assert.equal(await guest.raw.call('array_output_pull', array, 131_072, 1, 16), 12);
      assert.equal(await guest.raw.call('array_output_len', array, 131_070), 12);
      assert.deepEqual(await guest.bytes('array_output_pull', array, room(60), out), bytes);
    },
  },
  {
    name: 'an empty output is pulled too',
    source: section,
    async run(context) {
      const guest = await Guest.create(context);
      const key = await symmetricKey(guest, 'HMAC/SHA-256', '');
      const array = await guest.number('symmetric_key_export', key, out);
      assert.equal(await guest.number('array_output_len', array, out), 0);
      const { errno, answers } = await guest.invoke('array_output_pull', array, room(8), out);
      assert.deepEqual([errno, answers[1]], [0, 0n]);
    },
  },
  {
    name: 'a handle that is not an output is refused',
    source: measured,
    async run(context) {
      const guest = await Guest.create(context);
      const options = await guest.number('options_open', 1, out);
      for (const handle of [0, 0x100, 0x7700, options, -1]) {
        await guest.fails('invalid_handle', 'array_output_len', handle, out);
        await guest.fails('invalid_handle', 'array_output_pull', handle, room(8), out);
      }
    },
  },
];

async function expectEnd(guest: Guest, array: number): Promise<void> {
  const { errno, answers } = await guest.invoke('array_output_pull', array, room(8), out);
  assert.deepEqual([errno, answers[1]], [0, 0n], 'the pull after the last byte');
  await guest.fails('invalid_handle', 'array_output_pull', array, room(8), out);
  await guest.fails('invalid_handle', 'array_output_len', array, out);
}
