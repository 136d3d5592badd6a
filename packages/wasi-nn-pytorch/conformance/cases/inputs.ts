import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { NnGuest } from '../drive/nn-guest.js';
import { modelBytes } from '../models.js';

const measured = 'measured: WasmEdge 0.14.1';
const floats = (...values: number[]) => tensor('f32', [values.length], new Float32Array(values));

/** What `set_input` takes. */
export const inputCases: readonly ConformanceCase[] = [
  {
    name: 'computing without an input is an invalid argument',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      assert.equal(await guest.exports.compute(await guest.open(modelBytes('add'))), 1);
    },
  },
  {
    name: 'a gap in the inputs is an invalid argument when it computes, and can be filled',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('add'));
      assert.equal(await guest.setInput(run, 1, floats(1, 2)), 0);
      assert.equal(await guest.exports.compute(run), 1);
      assert.equal(await guest.setInput(run, 0, floats(10, 20)), 0);
      assert.equal(await guest.exports.compute(run), 0);
      assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(11, 22));
    },
  },
  {
    name: 'an input of an index that no model has is an invalid argument',
    source: 'deliberate: what a number makes the host allocate is bounded',
    upstreamDiffers: 'the list of inputs grows to any index',
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('add'));
      for (const index of [1024, 0x7fff_ffff, -1])
        assert.equal(await guest.setInput(run, index, floats(1)), 1);
    },
  },
  {
    name: 'data that is shorter or longer than the shape is an invalid argument',
    source: 'deliberate: upstream reads on behind it',
    upstreamDiffers: 'the length is not compared',
    detects: ['short-data'],
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      const record = await guest.writeTensor(floats(1, 2, 3, 4));
      for (const length of [0, 4, 15, 17, 20]) {
        await guest.memory.writeU32(record + 16, length);
        assert.equal(await guest.exports.set_input(run, 0, record), 1, `${length} bytes`);
      }
      await guest.memory.writeU32(record + 16, 16);
      assert.equal(await guest.exports.set_input(run, 0, record), 0);
    },
  },
  {
    name: 'a shape whose product passes 2^32 is an invalid argument',
    source: 'arithmetic: 65536 × 65536 × 4 bytes is 0 in 32 bits',
    upstreamDiffers: 'the length is not compared',
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      const record = await guest.writeTensor(tensor('f32', [0, 0], new Float32Array()));
      const dimensions = await guest.memory.readU32(record);
      await guest.memory.writeU32(dimensions, 65_536);
      await guest.memory.writeU32(dimensions + 4, 65_536);
      assert.equal(await guest.exports.set_input(run, 0, record), 1);
    },
  },
  {
    name: 'data is copied when it is set',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      const record = await guest.writeTensor(floats(1, 2));
      assert.equal(await guest.exports.set_input(run, 0, record), 0);
      await guest.memory.write(await guest.memory.readU32(record + 12), floatBytes(3, 4));
      assert.equal(await guest.exports.compute(run), 0);
      assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(1, 2));
    },
  },
  {
    name: 'an input of the same shape replaces the earlier one, and one of another shape too',
    source: 'arithmetic',
    upstreamDiffers: 'outputs are appended',
    detects: ['outputs-accumulate'],
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      for (const values of [[1, 2], [3, 4], [5], [6, 7, 8]]) {
        await guest.run(run, [floats(...values)]);
        assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(...values));
      }
    },
  },
];

function floatBytes(...values: number[]): Buffer {
  return Buffer.from(new Float32Array(values).buffer);
}
