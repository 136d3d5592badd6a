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
    return { guest, execution: guest.createContext(guest.loadModel()) };
  };
  return [
    {
      name: 'set_input checks every range, the element type and the context',
      source: invalid,
      detects: ['ranges unchecked'],
      async run(context) {
        const { guest, execution } = await start(context);
        const set = (record: number, target = execution) => guest.exports.set_input(target, 0, record);
        const record = guest.storeTensor(one);
        assert.equal(set(record, execution + 1), 1, 'unknown context');
        assert.equal(set(memorySize - 19), 1, 'record outside');
        assert.equal(set(-1), 1, 'record far outside');
        const fields = (...numbers: number[]) => guest.storeNumbers(record, ...numbers);
        fields(memorySize - 4, 2, 1, place.data, 24);
        assert.equal(set(record), 1, 'dimensions outside');
        fields(place.dimensions, 0x4000_0002, 1, place.data, 24);
        assert.equal(set(record), 1, 'dimensions of more than 2^32 bytes');
        fields(place.dimensions, 2, 1, memorySize - 23, 24);
        assert.equal(set(record), 1, 'data outside');
        fields(place.dimensions, 2, 1, place.data, 0xffff_ffff);
        assert.equal(set(record), 1, 'data far outside');
        fields(place.dimensions, 2, 200, place.data, 24);
        assert.equal(set(record), 1, 'unknown type');
        fields(place.dimensions, 2, 1, place.data, 24);
        assert.equal(set(record), 0, 'all right');
      },
    },
    {
      name: 'only the low 8 bits of an element type count',
      source: 'WasmEdge 0.14.1: 257 acts as 1',
      detects: ['all bits count'],
      async run(context) {
        const { guest, execution } = await start(context);
        assert.equal(guest.exports.set_input(execution, 0, guest.storeTensor(one, [2, 3], 257)), 0);
      },
    },
    {
      name: 'data of another length than the shape has is an invalid argument',
      source: 'this plug-in',
      upstreamDiffers: 'PyTorch reads what lies behind data that is too short',
      detects: ['length unchecked'],
      async run(context) {
        const { guest, execution } = await start(context);
        guest.storeTensor(one);
        for (const length of [0, 4, 23, 25, 28]) {
          guest.storeNumbers(place.record + 16, length);
          assert.equal(guest.exports.set_input(execution, 0, place.record), 1, `${length} bytes`);
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
        assert.notEqual(guest.exports.set_input(execution, 0, guest.storeTensor(one, huge)), 0);
        assert.notEqual(guest.exports.set_input(execution, 0, guest.storeTensor([], huge)), 0);
        const long = Array.from({ length: 65 }, () => 1);
        guest.storeNumbers(place.dimensions, ...long);
        guest.storeNumbers(place.record, place.dimensions, 65, 1, place.data + 2048, 4);
        assert.notEqual(guest.exports.set_input(execution, 0, place.record), 0);
      },
    },
    {
      name: 'an input that the model does not have, or of another type, is refused and the others stay',
      source: invalid,
      upstreamDiffers: 'PyTorch takes any index',
      async run(context) {
        const { guest, execution } = await start(context);
        assert.equal(guest.setInput(execution, 0, one), 0);
        const bytes = guest.storeTensor([1, 2], [2, 4], 3);
        guest.storeNumbers(bytes + 16, 8);
        assert.equal(guest.exports.set_input(execution, 0, bytes), 1, 'u8 by the numbering of 0.15');
        assert.equal(guest.setInput(execution, 1, one), 0);
        assert.equal(guest.exports.compute(execution), 0);
        assert.deepEqual(guest.output(execution), two);
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
        failed(guest.exports.compute(execution));
        assert.equal(guest.setInput(execution, 1, one), 0);
        failed(guest.exports.compute(execution));
        failed(guest.exports.get_output(execution, 0, place.output, 24, place.result));
      },
    },
    {
      name: 'compute and get_output of an unknown context are invalid arguments',
      source: invalid,
      async run(context) {
        const { guest, execution } = await start(context);
        assert.equal(guest.exports.compute(execution + 1), 1);
        assert.equal(guest.exports.compute(-1), 1);
        assert.equal(guest.exports.get_output(execution + 1, 0, place.output, 24, place.result), 1);
      },
    },
    {
      name: 'get_output checks its ranges and its index, and writes nothing when it fails',
      source: invalid,
      detects: ['ranges unchecked'],
      async run(context) {
        const { guest, execution } = await start(context);
        guest.add(execution, one, one);
        guest.exports.fill(place.output, 0xaa, 24);
        guest.storeNumbers(place.result, 0xaaaaaaaa);
        const get = (index: number, buffer: number, size: number, written: number) =>
          guest.exports.get_output(execution, index, buffer, size, written);
        assert.equal(get(0, memorySize - 23, 24, place.result), 1, 'buffer outside');
        assert.equal(get(0, place.output, -1, place.result), 1, 'the whole buffer counts');
        assert.equal(get(0, place.output, 24, memorySize - 3), 1, 'size outside');
        assert.equal(get(1, place.output, 24, place.result), 1, 'unknown output');
        assert.equal(get(-1, place.output, 24, place.result), 1, 'far unknown output');
        assert.equal(guest.number(), 0xaaaaaaaa);
        assert.ok(guest.read(place.output, 24).every((byte) => byte === 0xaa));
        assert.equal(get(0, memorySize - 24, 24, place.result), 0, 'the very end of the memory');
      },
    },
    {
      name: 'nothing is written behind a buffer that is too small',
      source: 'WasmEdge 0.14.1: TensorFlow Lite answers 1, PyTorch writes what fits',
      upstreamDiffers: 'OpenVINO writes the whole output (WasmEdge#5091)',
      detects: ['overrun'],
      async run(context) {
        const { guest, execution } = await start(context);
        guest.add(execution, one, one);
        guest.exports.fill(place.output, 0xaa, 24);
        const answer = guest.exports.get_output(execution, 0, place.output, 8, place.result);
        assert.ok(guest.read(place.output + 8, 16).every((byte) => byte === 0xaa));
        if (answer === 0) {
          assert.equal(guest.number(), 8);
          assert.deepEqual(guest.floats(place.output, 2), [2, 4]);
        } else {
          assert.equal(answer, 1);
          assert.ok(guest.read(place.output, 8).every((byte) => byte === 0xaa));
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
        guest.add(execution, one, one);
        assert.deepEqual(guest.add(execution, two, two), [4, 8, 12, 16, 20, 24]);
        assert.equal(guest.exports.get_output(execution, 1, place.output, 24, place.result), 1);
      },
    },
    {
      name: 'data is taken when it is set, not when it is computed',
      source: 'the specification of WASI-NN: set_input',
      upstreamDiffers: "OpenVINO reads the guest's memory when it computes",
      detects: ['inputs read late'],
      async run(context) {
        const { guest, execution } = await start(context);
        guest.setInput(execution, 0, one);
        guest.setInput(execution, 1, one);
        guest.exports.fill(place.data, 0, 64);
        assert.equal(guest.exports.grow(16), 16);
        assert.equal(guest.exports.compute(execution), 0);
        assert.deepEqual(guest.output(execution), two);
      },
    },
    {
      name: 'contexts of one graph do not disturb each other',
      source: 'the specification of WASI-NN: execution contexts',
      detects: ['contexts shared'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const graph = guest.loadModel();
        const [first, second] = [guest.createContext(graph), guest.createContext(graph)];
        guest.add(first, one, one);
        guest.add(second, two, two);
        assert.deepEqual(guest.output(first), two);
      },
    },
  ];
}
