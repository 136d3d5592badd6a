import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { tensor, zeros } from '@wasmedge-plugins/wasi-nn';
import { modelBytes } from '../models.js';
import { ONNXGuest } from '../onnx-guest.js';

const deliberate = 'deliberate: WasmEdge has no ONNX plug-in';

/** What inputs must be. */
export const inputCases: readonly ConformanceCase[] = [
  {
    name: 'an input of another index, rank, shape or element type is an invalid argument',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('add'));
      const set = (index: number, shape: readonly number[]) =>
        guest.setInput(execution, index, zeros('f32', shape));
      assert.equal(await set(2, [2, 3]), 1, 'index');
      assert.equal(await set(0, [6]), 1, 'rank');
      assert.equal(await set(0, [3, 2]), 1, 'shape of the same size');
      assert.equal(await set(0, [2, 4]), 1, 'shape of another size');
      assert.equal(await set(0, []), 1, 'no shape');
      assert.equal(await guest.setInput(execution, 0, zeros('i32', [2, 3])), 1, 'type of the same size');
      assert.equal(await set(0, [2, 3]), 0);
    },
  },
  {
    name: 'a dimension that is not fixed takes any length, and the others their own',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('dynamic'));
      const set = (shape: readonly number[]) => guest.setInput(execution, 0, zeros('f32', shape));
      assert.equal(await set([3, 3]), 1);
      assert.equal(await set([2]), 1);
      assert.equal(await set([1, 1, 2]), 1);
      for (const length of [7, 1, 0]) {
        assert.equal(await set([length, 2]), 0, `length ${length}`);
        assert.equal(await guest.compute(execution), 0, `length ${length}`);
        assert.equal((await guest.output(execution, 0)).bytes.length, length * 8);
      }
    },
  },
  {
    name: 'an input of a type that WASI-NN does not have cannot be set',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      for (const [name, wrong] of [
        ['echo-i16', zeros('f16', [4])],
        ['echo-u16', zeros('u8', [4])],
        ['echo-u32', zeros('i32', [4])],
        ['echo-u64', zeros('i64', [4])],
      ] as const) {
        const execution = await guest.open(modelBytes(name));
        assert.equal(await guest.setInput(execution, 0, wrong), 1, name);
      }
    },
  },
  {
    name: 'bytes of bools are 0 or 1',
    source: 'ONNX: TensorProto.DataType BOOL',
    detects: ['any bool'],
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const execution = await guest.open(modelBytes('echo-bool'));
      const bytes = (...values: number[]) => tensor('u8', [4], Uint8Array.from(values));
      assert.equal(await guest.setInput(execution, 0, bytes(0, 1, 2, 1)), 1);
      await guest.run(execution, [bytes(0, 1, 1, 0)]);
      assert.deepEqual([...(await guest.output(execution, 0)).bytes], [0, 1, 1, 0]);
    },
  },
];
