import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { NnGuest } from '../drive/nn-guest.js';
import { modelBytes } from '../models.js';

const floats = (...values: number[]) => tensor('f32', [values.length], new Float32Array(values));
const aborts = 'the exception ends the process of the host';

/** What happens when a model computes, or does not. */
export const computingCases: readonly ConformanceCase[] = [
  {
    name: 'an exception that the model throws is a runtime error, and it can compute again',
    source: 'deliberate: no model may end the host',
    upstreamDiffers: aborts,
    detects: ['exception-errno'],
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('raise'));
      assert.equal(await guest.setInput(run, 0, floats(1)), 0);
      assert.equal(await guest.exports.compute(run), 5);
      assert.equal((await guest.output(run, 0)).errno, 1);
      await guest.run(run, [floats(2000)]);
      assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(2000));
    },
  },
  {
    name: 'an input of the wrong shape is a runtime error when it computes',
    source: 'deliberate: no model may end the host',
    upstreamDiffers: aborts,
    detects: ['exception-errno'],
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('matmul'));
      for (const shape of [[2], [5, 5], [1, 2, 3, 4]]) {
        const length = shape.reduce((product, dimension) => product * dimension, 1);
        assert.equal(await guest.setInput(run, 0, tensor('f32', shape, new Float32Array(length))), 0);
        assert.equal(await guest.exports.compute(run), 5, `[${shape.join(', ')}]`);
      }
      await guest.run(run, [tensor('f32', [1, 3], new Float32Array([1, 0, 0]))]);
      assert.deepEqual((await guest.output(run, 0)).bytes, floatBytes(1.5, 1.5));
    },
  },
  {
    name: 'too many inputs and too few are runtime errors',
    source: 'deliberate: no model may end the host',
    upstreamDiffers: aborts,
    detects: ['exception-errno'],
    async run(context) {
      const guest = await NnGuest.create(context);
      const echo = await guest.open(modelBytes('echo'));
      for (const index of [0, 1]) assert.equal(await guest.setInput(echo, index, floats(1)), 0);
      assert.equal(await guest.exports.compute(echo), 5);
      const add = await guest.open(modelBytes('add'));
      assert.equal(await guest.setInput(add, 0, floats(1)), 0);
      assert.equal(await guest.exports.compute(add), 5);
    },
  },
  {
    name: 'an input of the wrong element type is a runtime error when it computes',
    source: 'torch 1.13 for Python: expected m1 and m2 to have the same dtype',
    upstreamDiffers: 'inputs are f32 only: an invalid argument',
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('matmul'));
      assert.equal(await guest.setInput(run, 0, tensor('i32', [1, 3], new Int32Array(3))), 0);
      assert.equal(await guest.exports.compute(run), 5);
    },
  },
  {
    name: 'a result that is not a tensor is an invalid argument',
    source: 'measured: WasmEdge 0.14.1',
    upstreamDiffers: 'None in a tuple ends the process',
    async run(context) {
      const guest = await NnGuest.create(context);
      for (const name of ['number', 'none']) {
        const run = await guest.open(modelBytes(name));
        assert.equal(await guest.setInput(run, 0, floats(1)), 0);
        assert.equal(await guest.exports.compute(run), 1, name);
        assert.equal((await guest.output(run, 0)).errno, 1, name);
      }
    },
  },
  {
    name: 'complex outputs are an unsupported operation',
    source: 'deliberate: WASI-NN has no complex elements',
    upstreamDiffers: 'the imaginary parts are dropped',
    async run(context) {
      const guest = await NnGuest.create(context);
      const run = await guest.open(modelBytes('complex'));
      assert.equal(await guest.setInput(run, 0, floats(1, 2)), 0);
      assert.equal(await guest.exports.compute(run), 6);
    },
  },
  {
    name: 'contexts of one graph have inputs and outputs of their own',
    source: 'arithmetic',
    async run(context) {
      const guest = await NnGuest.create(context);
      const { graph } = await guest.load([modelBytes('tuple')]);
      const [first, second] = [await guest.createContext(graph), await guest.createContext(graph)];
      await guest.run(first, [floats(1)]);
      await guest.run(second, [floats(10)]);
      assert.deepEqual((await guest.output(first, 0)).bytes, floatBytes(2));
      assert.deepEqual((await guest.output(second, 0)).bytes, floatBytes(11));
      assert.equal(await guest.exports.compute(first), 0);
      assert.deepEqual((await guest.output(first, 1)).bytes, floatBytes(2));
    },
  },
];

function floatBytes(...values: number[]): Buffer {
  return Buffer.from(new Float32Array(values).buffer);
}
