import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { AbiModel } from '../abi-model.js';
import { memorySize, place, RawNn } from '../drive/raw-nn.js';

const one = [1, 2, 3, 4, 5, 6];
const two = [2, 4, 6, 8, 10, 12];
const invalid = 'WasmEdge 0.14.1: invalid argument';

/** Cases of `set_input`, `compute` and `get_output`. */
export function tensorCases(model: AbiModel): readonly ConformanceCase[] {
  const start = async (context: Parameters<ConformanceCase['run']>[0]) => {
    const guest = await RawNn.create(context, model);
    return { guest, execution: await guest.createContext(await guest.loadModel()) };
  };
  return [
    {
      name: 'set_input checks every range, the element type and the context',
      source: invalid,
      detects: ['ranges unchecked'],
      async run(context) {
        const { guest, execution } = await start(context);
        const set = (record: number, target = execution) => guest.exports.set_input(target, 0, record);
        const record = await guest.storeTensor(one);
        assert.equal(await set(record, execution + 1), 1, 'unknown context');
        assert.equal(await set(memorySize - 19), 1, 'record outside');
        assert.equal(await set(-1), 1, 'record far outside');
        const fields = (...numbers: number[]) => guest.storeNumbers(record, ...numbers);
        await fields(memorySize - 4, 2, 1, place.data, 24);
        assert.equal(await set(record), 1, 'dimensions outside');
        await fields(place.dimensions, 0x4000_0002, 1, place.data, 24);
        assert.equal(await set(record), 1, 'dimensions of more than 2^32 bytes');
        await fields(place.dimensions, 2, 1, memorySize - 23, 24);
        assert.equal(await set(record), 1, 'data outside');
        await fields(place.dimensions, 2, 1, place.data, 0xffff_ffff);
        assert.equal(await set(record), 1, 'data far outside');
        await fields(place.dimensions, 2, 200, place.data, 24);
        assert.equal(await set(record), 1, 'unknown type');
        await fields(place.dimensions, 2, 1, place.data, 24);
        assert.equal(await set(record), 0, 'all right');
      },
    },
    {
      name: 'only the low 8 bits of an element type count',
      source: 'WasmEdge 0.14.1: 257 acts as 1',
      detects: ['all bits count'],
      async run(context) {
        const { guest, execution } = await start(context);
        assert.equal(
          await guest.exports.set_input(execution, 0, await guest.storeTensor(one, [2, 3], 257)),
          0,
        );
      },
    },
    {
      name: 'data of another length than the shape has is an invalid argument',
      source: 'this plug-in',
      upstreamDiffers: 'PyTorch reads what lies behind data that is too short',
      detects: ['length unchecked'],
      async run(context) {
        const { guest, execution } = await start(context);
        await guest.storeTensor(one);
        for (const length of [0, 4, 23, 25, 28]) {
          await guest.storeNumbers(place.record + 16, length);
          assert.equal(await guest.exports.set_input(execution, 0, place.record), 1, `${length} bytes`);
        }
      },
    },
    {
      name: 'a shape whose size does not fit 32 bits is refused',
      source: 'this plug-in',
      detects: ['length unchecked'],
      upstreamDiffers: 'sizes are computed in 32 bits or not at all',
      async run(context) {
        const { guest, execution } = await start(context);
        const huge = [0x1_0000, 0x1_0000, 1];
        assert.notEqual(await guest.exports.set_input(execution, 0, await guest.storeTensor(one, huge)), 0);
        assert.notEqual(await guest.exports.set_input(execution, 0, await guest.storeTensor([], huge)), 0);
        const long = Array.from({ length: 65 }, () => 1);
        await guest.storeNumbers(place.dimensions, ...long);
        await guest.storeNumbers(place.record, place.dimensions, 65, 1, place.data + 2048, 4);
        assert.notEqual(await guest.exports.set_input(execution, 0, place.record), 0);
      },
    },
    {
      name: 'an input that the model does not have, or of another type, is refused and the others stay',
      source: invalid,
      upstreamDiffers: 'PyTorch takes any index',
      async run(context) {
        const { guest, execution } = await start(context);
        assert.equal(await guest.setInput(execution, 0, one), 0);
        const bytes = await guest.storeTensor([1, 2], [2, 4], 3);
        await guest.storeNumbers(bytes + 16, 8);
        assert.equal(await guest.exports.set_input(execution, 0, bytes), 1, 'u8 by the numbering of 0.15');
        assert.equal(await guest.setInput(execution, 1, one), 0);
        assert.equal(await guest.exports.compute(execution), 0);
        assert.deepEqual(await guest.output(execution), two);
      },
    },
    {
      name: 'computing before every input is there is an error, and nothing was computed',
      source: 'WasmEdge 0.14.1: PyTorch 1, OpenVINO 5',
      upstreamDiffers: 'TensorFlow Lite computes with what it has',
      detects: ['inputs missing'],
      async run(context) {
        const { guest, execution } = await start(context);
        const failed = (answer: number) => assert.ok(answer === 1 || answer === 5, `answer ${answer}`);
        failed(await guest.exports.compute(execution));
        assert.equal(await guest.setInput(execution, 1, one), 0);
        failed(await guest.exports.compute(execution));
        failed(await guest.exports.get_output(execution, 0, place.output, 24, place.result));
      },
    },
    {
      name: 'compute and get_output of an unknown context are invalid arguments',
      source: invalid,
      async run(context) {
        const { guest, execution } = await start(context);
        assert.equal(await guest.exports.compute(execution + 1), 1);
        assert.equal(await guest.exports.compute(-1), 1);
        assert.equal(await guest.exports.get_output(execution + 1, 0, place.output, 24, place.result), 1);
      },
    },
    {
      name: 'get_output checks its ranges and its index, and writes nothing when it fails',
      source: invalid,
      detects: ['ranges unchecked'],
      async run(context) {
        const { guest, execution } = await start(context);
        await guest.add(execution, one, one);
        await guest.exports.fill(place.output, 0xaa, 24);
        await guest.storeNumbers(place.result, 0xaaaaaaaa);
        const get = (index: number, buffer: number, size: number, written: number) =>
          guest.exports.get_output(execution, index, buffer, size, written);
        assert.equal(await get(0, memorySize - 23, 24, place.result), 1, 'buffer outside');
        assert.equal(await get(0, place.output, -1, place.result), 1, 'the whole buffer counts');
        assert.equal(await get(0, place.output, 24, memorySize - 3), 1, 'size outside');
        assert.equal(await get(1, place.output, 24, place.result), 1, 'unknown output');
        assert.equal(await get(-1, place.output, 24, place.result), 1, 'far unknown output');
        assert.equal(await guest.number(), 0xaaaaaaaa);
        assert.ok((await guest.read(place.output, 24)).every((byte) => byte === 0xaa));
        assert.equal(await get(0, memorySize - 24, 24, place.result), 0, 'the very end of the memory');
      },
    },
    {
      name: 'nothing is written behind a buffer that is too small',
      source: 'WasmEdge 0.14.1: TensorFlow Lite answers 1, PyTorch writes what fits',
      upstreamDiffers: 'OpenVINO writes the whole output (WasmEdge#5091)',
      detects: ['overrun'],
      async run(context) {
        const { guest, execution } = await start(context);
        await guest.add(execution, one, one);
        await guest.exports.fill(place.output, 0xaa, 24);
        const answer = await guest.exports.get_output(execution, 0, place.output, 8, place.result);
        assert.ok((await guest.read(place.output + 8, 16)).every((byte) => byte === 0xaa));
        if (answer === 0) {
          assert.equal(await guest.number(), 8);
          assert.deepEqual(await guest.floats(place.output, 2), [2, 4]);
        } else {
          assert.equal(answer, 1);
          assert.ok((await guest.read(place.output, 8)).every((byte) => byte === 0xaa));
        }
      },
    },
    {
      name: 'outputs are those of the last computation',
      source: 'this plug-in',
      upstreamDiffers: 'PyTorch appends the outputs of each computation to those before',
      detects: ['outputs pile up'],
      async run(context) {
        const { guest, execution } = await start(context);
        await guest.add(execution, one, one);
        assert.deepEqual(await guest.add(execution, two, two), [4, 8, 12, 16, 20, 24]);
        assert.equal(await guest.exports.get_output(execution, 1, place.output, 24, place.result), 1);
      },
    },
    {
      name: 'data is taken when it is set, not when it is computed',
      source: 'the specification of WASI-NN: set_input',
      upstreamDiffers: "OpenVINO reads the guest's memory when it computes",
      detects: ['inputs read late'],
      async run(context) {
        const { guest, execution } = await start(context);
        await guest.setInput(execution, 0, one);
        await guest.setInput(execution, 1, one);
        await guest.exports.fill(place.data, 0, 64);
        assert.equal(await guest.exports.grow(16), 16);
        assert.equal(await guest.exports.compute(execution), 0);
        assert.deepEqual(await guest.output(execution), two);
      },
    },
    {
      name: 'contexts of one graph do not disturb each other',
      source: 'the specification of WASI-NN: execution contexts',
      detects: ['contexts shared'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const graph = await guest.loadModel();
        const [first, second] = [await guest.createContext(graph), await guest.createContext(graph)];
        await guest.add(first, one, one);
        await guest.add(second, two, two);
        assert.deepEqual(await guest.output(first), two);
      },
    },
  ];
}
