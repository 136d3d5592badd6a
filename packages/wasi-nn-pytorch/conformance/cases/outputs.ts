import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { NnGuest } from '../drive/nn-guest.js';
import { modelBytes } from '../models.js';

const measured = 'measured: WasmEdge 0.14.1';
const floats = (...values: number[]) => tensor('f32', [values.length], new Float32Array(values));

/** What `get_output` gives. */
export const outputCases: readonly ConformanceCase[] = [
  {
    name: 'there is no output before the first computation',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      assert.equal(await guest.setInput(run, 0, floats(1)), 0);
      assert.equal((await guest.output(run, 0)).errno, 1);
    },
  },
  {
    name: 'a computation replaces the outputs of the one before',
    source: 'deliberate: upstream appends them',
    upstreamDiffers: 'outputs are appended',
    detects: ['outputs-accumulate'],
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('tuple'));
      await guest.run(run, [floats(1)]);
      await guest.run(run, [floats(5)]);
      assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(6));
      assert.deepEqual((await guest.output(run, 1)).bytes, floatBytes(10));
      assert.equal((await guest.output(run, 2)).errno, 1);
    },
  },
  {
    name: 'a buffer that is too small gets what fits',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      await guest.run(run, [floats(1, 2, 3)]);
      const all = floatBytes(1, 2, 3);
      for (const size of [0, 1, 4, 11, 12, 13]) {
        const { errno, bytes } = await guest.output(run, 0, size);
        assert.equal(errno, 0);
        assert.deepEqual(bytes, all.subarray(0, size), `${size} bytes`);
      }
    },
  },
  {
    name: 'nothing behind the written bytes is touched',
    source: measured,
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      await guest.run(run, [floats(1, 2)]);
      const end = 4096;
      await guest.memory.write(end, new Uint8Array(32).fill(0xaa));
      assert.equal(await guest.exports.get_output(run, 0, end, 4, 0), 0);
      assert.deepEqual(Buffer.from(await guest.memory.read(end + 4, 28)), Buffer.alloc(28, 0xaa));
    },
  },
  {
    name: 'an output keeps its value when the input is replaced',
    source: 'arithmetic',
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('echo'));
      await guest.run(run, [floats(1, 2)]);
      assert.equal(await guest.setInput(run, 0, floats(3, 4)), 0);
      assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(1, 2));
    },
  },
];

function floatBytes(...values: number[]): Buffer {
  return Buffer.from(new Float32Array(values).buffer);
}
