import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { assertClose } from '../assert-close.js';
import { type Answer, answersOf, modelBytes } from '../models.js';
import { ONNXGuest } from '../onnx-guest.js';

const deliberate = 'deliberate: WasmEdge has no ONNX plug-in';
const indices = (...values: number[]): Tensor => tensor('i32', [2], Int32Array.from(values));
const count = (value: bigint): Tensor => tensor('i64', [1], BigInt64Array.of(value));

/** Computing, and what comes of it. */
export const computingCases: readonly ConformanceCase[] = [
  {
    name: 'a computation that fails is a runtime error, and the next one has other inputs',
    source: 'ONNX: Gather takes indices within the bounds',
    detects: ['failure unseen'],
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('gather'));
      for (const [wrong, other] of [
        [4, 0],
        [0, -5],
        [0x7fff_ffff, 0],
      ] as const) {
        assert.equal(await guest.setInput(execution, 0, indices(wrong, other)), 0);
        assert.equal(await guest.compute(execution), 5, `index ${wrong}`);
      }
      await guest.run(execution, [indices(3, 0)]);
      const { bytes } = await guest.output(execution, 0);
      assertClose(bytes, tensor('f32', [2], Float32Array.of(40, 10)), false);
    },
  },
  {
    name: 'after a computation that failed there is no output',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('gather'));
      await guest.run(execution, [indices(3, 0)]);
      await guest.setInput(execution, 0, indices(4, 0));
      assert.equal(await guest.compute(execution), 5);
      assert.notEqual((await guest.output(execution, 0)).errno, 0);
      assert.ok(await guest.wroteNothing());
    },
  },
  {
    name: 'an output has the size that its input says, and none is larger than there may be',
    source: 'ONNX: Expand',
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('expand'));
      for (const length of [5n, 0n, 1000n]) {
        await guest.run(execution, [count(length)]);
        assert.equal((await guest.output(execution, 0)).bytes.length, Number(length) * 4);
      }
      for (const length of [2n ** 40n, 2n ** 62n, -5n]) {
        await guest.setInput(execution, 0, count(length));
        assert.equal(await guest.compute(execution), 5, `${length}`);
      }
      await guest.run(execution, [count(2n)]);
      assertClose((await guest.output(execution, 0)).bytes, tensor('f32', [2], Float32Array.of(1, 1)), false);
    },
  },
  {
    name: 'inputs stay for the next computation',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('several'));
      const [answer] = answersOf('several') as [Answer];
      await guest.run(execution, answer.inputs);
      const [z, a] = answer.inputs as [Tensor, Tensor];
      await guest.run(execution, [tensor('f32', [4], new Float32Array(4).fill(1))]);
      // 1 * a and 1 - a.
      assertClose((await guest.output(execution, 0)).bytes, a, false);
      await guest.run(execution, [z]);
      assertClose((await guest.output(execution, 0)).bytes, answer.outputs[0] as Tensor, false);
    },
  },
  {
    name: 'contexts of one graph have inputs and outputs of their own',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const { graph } = await guest.load([modelBytes('dynamic')]);
      const [first, second] = [await guest.createContext(graph), await guest.createContext(graph)];
      const [row, rows] = answersOf('dynamic') as [Answer, Answer];
      await guest.run(first.execution, row.inputs);
      await guest.run(second.execution, rows.inputs);
      assertClose((await guest.output(first.execution, 0)).bytes, row.outputs[0] as Tensor, false);
      assertClose((await guest.output(second.execution, 0)).bytes, rows.outputs[0] as Tensor, false);
    },
  },
  {
    name: 'a buffer that is too small is an invalid argument, and nothing is written',
    source: deliberate,
    detects: ['output cut off'],
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('several'));
      await guest.run(execution, answersOf('several')[0]?.inputs ?? []);
      for (const size of [0, 1, 15]) {
        assert.equal((await guest.output(execution, 0, size)).errno, 1, `${size} bytes`);
        assert.ok(await guest.wroteNothing(), `${size} bytes`);
      }
      assert.equal((await guest.output(execution, 0, 16)).bytes.length, 16);
      assert.equal((await guest.output(execution, 0, 17)).bytes.length, 16);
    },
  },
];
