import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { assertClose } from '../assert-close.js';
import { type Answer, answersOf, modelBytes } from '../models.js';
import { TFLiteGuest } from '../tflite-guest.js';

const measured = 'measured: WasmEdge 0.14.1';
const indices = (...values: number[]): Tensor => tensor('i32', [2], Int32Array.from(values));

/** Computing, and what comes of it. */
export const computingCases: readonly ConformanceCase[] = [
  {
    name: 'an interpreter that fails is busy, and computes again with other inputs',
    source: measured,
    detects: ['failure unseen'],
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const execution = await guest.open(modelBytes('gather'));
      for (const [wrong, other] of [
        [4, 0],
        [0, -1],
        [0x7fff_ffff, 0],
      ] as const) {
        assert.equal(await guest.setInput(execution, 0, indices(wrong, other)), 0);
        assert.equal(await guest.compute(execution), 4, `index ${wrong}`);
      }
      await guest.run(execution, [indices(3, 0)]);
      const { bytes } = await guest.output(execution, 0);
      assertClose(bytes, tensor('f32', [2], Float32Array.of(40, 10)), false);
    },
  },
  {
    name: 'after a computation that failed there is no output',
    source: 'deliberate: what is there is half computed',
    upstreamDiffers: 'what the output holds is given',
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const execution = await guest.open(modelBytes('gather'));
      await guest.run(execution, [indices(3, 0)]);
      await guest.setInput(execution, 0, indices(4, 0));
      assert.equal(await guest.compute(execution), 4);
      assert.notEqual((await guest.output(execution, 0)).errno, 0);
      assert.ok(await guest.wroteNothing());
    },
  },
  {
    name: 'inputs stay for the next computation',
    source: measured,
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const execution = await guest.open(modelBytes('several'));
      const [answer] = answersOf('several') as [Answer];
      await guest.run(execution, answer.inputs);
      const [z, a] = answer.inputs as [Tensor, Tensor];
      const ones = tensor('f32', [4], new Float32Array(4).fill(1));
      await guest.run(execution, [ones]);
      // 1 * a and 1 - a.
      assertClose((await guest.output(execution, 0)).bytes, a, false);
      await guest.run(execution, [z]);
      assertClose((await guest.output(execution, 0)).bytes, answer.outputs[0] as Tensor, false);
    },
  },
  {
    name: 'a buffer that is too small is an invalid argument, and nothing is written',
    source: measured,
    detects: ['output cut off'],
    async run(context) {
      const guest = await TFLiteGuest.create(context);
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
