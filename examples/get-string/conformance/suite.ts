import { strict as assert } from 'node:assert';
import {
  type CaseContext,
  type ConformanceCase,
  type ConformanceSuite,
  mapInOrder,
} from '@wasmedge-plugins/conformance';
import { signature } from '@wasmedge-plugins/core';
import { getString } from '../src/plugin.js';

const source = "WasmEdge's get-string example, 0.14.1";

/** A guest whose memory is full of the byte 0xAA, and which tells what get_string wrote. */
async function start({ createRuntime, guest }: CaseContext, options: object = {}) {
  const runtime = await createRuntime({ plugin: options });
  const { exports } = await runtime.instantiate(guest('get-string'), {
    exports: {
      get_string: signature(['i32', 'i32', 'i32'], []),
      fill: signature(['i32'], []),
      byte: signature(['i32'], ['i32']),
      number: signature(['i32'], ['i32']),
    },
  });
  await exports.fill(0xaa);
  const bytes = async (offset: number, length: number) =>
    Buffer.from(await mapInOrder(Array.from({ length }), (_, index) => exports.byte(offset + index)));
  return { ...exports, bytes };
}

const cases: readonly ConformanceCase[] = [
  {
    name: 'the text is hello by default, and its length is told',
    source,
    async run(context) {
      const { get_string, bytes, number } = await start(context);
      await get_string(16, 100, 8);
      assert.equal(await number(8), 5);
      assert.equal((await bytes(16, 5)).toString(), 'hello');
      assert.deepEqual([...(await bytes(21, 2))], [0xaa, 0xaa], 'nothing behind the text is touched');
    },
  },
  {
    name: 'the options string and upper choose the text',
    source,
    detects: ['upper ignored'],
    async run(context) {
      const { get_string, bytes, number } = await start(context, { string: 'Grüße', upper: true });
      await get_string(0, 100, 200);
      assert.equal((await bytes(0, await number(200))).toString(), 'GRüßE');
    },
  },
  {
    name: 'a text that is longer than the buffer is cut at its end',
    source: 'this plug-in',
    upstreamDiffers: 'the whole text is written, over what lies behind the buffer',
    detects: ['overrun'],
    async run(context) {
      const { get_string, bytes, number } = await start(context);
      await get_string(32, 3, 8);
      assert.equal(await number(8), 3);
      assert.deepEqual([...(await bytes(32, 4))], [0x68, 0x65, 0x6c, 0xaa]);
    },
  },
  {
    name: 'ranges may reach to the very end of the memory, and be empty',
    source,
    async run(context) {
      const { get_string, bytes, number } = await start(context);
      await get_string(65_531, 5, 0);
      assert.equal((await bytes(65_531, 5)).toString(), 'hello');
      await get_string(65_536, 0, 65_532);
      assert.equal(await number(65_532), 0);
    },
  },
  {
    name: 'a buffer outside the memory stops the guest, and nothing is written',
    source: `${source}: the call traps`,
    async run(context) {
      const { get_string, bytes } = await start(context);
      for (const [buffer, length] of [
        [65_532, 5],
        [65_537, 0],
        [0, -1],
        [-1, -1],
      ] as const) {
        await assert.rejects(async () => get_string(buffer, length, 8), `${buffer}, ${length}`);
      }
      assert.deepEqual([...(await bytes(8, 4)), ...(await bytes(65_532, 4))], Array(8).fill(0xaa));
    },
  },
  {
    name: 'a pointer outside the memory for the length stops the guest, and nothing is written',
    source: `${source}: the call traps`,
    detects: ['text before check'],
    async run(context) {
      const { get_string, bytes } = await start(context);
      for (const written of [65_533, 65_536, -4, -1]) {
        await assert.rejects(async () => get_string(16, 100, written), `${written}`);
      }
      assert.deepEqual([...(await bytes(16, 5))], Array(5).fill(0xaa));
    },
  },
  {
    name: 'a guest without memory is stopped',
    source: `${source}: the call traps`,
    async run({ createRuntime, guest }) {
      const runtime = await createRuntime();
      const { exports } = await runtime.instantiate(guest('no-memory'));
      await assert.rejects(async () => exports.get_string?.());
    },
  },
];

export const suite: ConformanceSuite = {
  plugin: 'plugin_name',
  title: 'get-string',
  module: 'get-string/conformance',
  guests: new URL('../conformance/', import.meta.url),
  createPlugin: ({ provider, nativePath, options }) =>
    getString({ ...(options as Parameters<typeof getString>[0]), provider, nativePath }),
  cases,
};
