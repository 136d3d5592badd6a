import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { RawNn } from '@wasmedge-plugins/wasi-nn/conformance';
import { answerOf, bytesOf, type ModelName, modelParts } from '../models.js';

const source = "OpenVINO's Python API, recorded by tools/models/openvino_models.py";
const place = {
  config: 600_000,
  name: 610_000,
  data: 620_000,
  dimensions: 700_000,
  record: 710_000,
  out: 720_000,
};

/** Numbers of element types in the numbering of WasmEdge 0.15. */
const numbers: Readonly<Record<string, number>> = { f16: 0, f32: 1, f64: 2, u8: 3, i32: 4, i64: 5 };

/** Gives a recorded tensor to a guest's context. */
async function setInput(
  guest: RawNn,
  context: number,
  index: number,
  type: number,
  shape: readonly number[],
  bytes: Uint8Array,
) {
  await guest.store(place.data, bytes);
  await guest.storeNumbers(place.dimensions, ...shape);
  await guest.storeNumbers(place.record, place.dimensions, shape.length, type, place.data, bytes.length);
  return guest.exports.set_input(context, index, place.record);
}

async function output(guest: RawNn, context: number, index: number): Promise<Uint8Array> {
  assert.equal(
    await guest.exports.get_output(context, index, place.out, 65_536, place.out - 8),
    0,
    `output ${index}`,
  );
  return guest.read(place.out, await guest.number(place.out - 8));
}

function modelOf(name: ModelName) {
  return { encoding: 0, parts: () => modelParts(name) };
}

async function loadNamed(guest: RawNn, name: string, config: string): Promise<number> {
  const text = new TextEncoder().encode(config);
  await guest.store(place.name, new TextEncoder().encode(name));
  await guest.store(place.config, text);
  return guest.exports.load_by_name_with_config(
    place.name,
    name.length,
    place.config,
    text.length,
    place.out,
  );
}

/** Cases of OpenVINO's own. */
export const modelCases: readonly ConformanceCase[] = [
  {
    name: 'a model with weights answers to the last bit',
    source,
    async run(context) {
      const { inputs, outputs } = answerOf('linear');
      const guest = await RawNn.create(context, modelOf('linear'), { files: { linear: 'linear' } });
      // A processor that has bf16 computes with that otherwise, and the recorded answers are of one that has not.
      const precise = '{"properties":{"INFERENCE_PRECISION_HINT":"f32"}}';
      assert.equal(await loadNamed(guest, 'linear', precise), 0);
      const execution = await guest.createContext(await guest.number(place.out));
      const x = inputs.x as NonNullable<typeof inputs.x>;
      assert.equal(await setInput(guest, execution, 0, 1, x.shape, bytesOf(x)), 0);
      assert.equal(await guest.exports.compute(execution), 0);
      assert.deepEqual(
        await output(guest, execution, 0),
        bytesOf(outputs.y as NonNullable<typeof outputs.y>),
      );
    },
  },
  {
    name: 'several inputs and outputs of several types answer to the last bit',
    source,
    upstreamDiffers: 'inputs of another type than f32 are refused, and each replaces the one before',
    detects: ['f32 only'],
    async run(context) {
      const { inputs, outputs } = answerOf('types');
      const guest = await RawNn.create(context, modelOf('types'), { tensorNumbering: '0.15' });
      const execution = await guest.createContext(await guest.loadModel());
      // Guests have no numbers for i8 and bool, so those inputs cannot be set by them: their model is not computed.
      const names = Object.keys(inputs).map((name) => name.slice(3));
      for (const [index, name] of names.entries()) {
        const input = inputs[`in_${name}`] as NonNullable<(typeof inputs)[string]>;
        const number = numbers[name];
        if (number === undefined) continue;
        assert.equal(await setInput(guest, execution, index, number, input.shape, bytesOf(input)), 0, name);
        const other = number === 1 ? 3 : 1;
        const wrong = new Uint8Array(
          input.shape.reduce((product, length) => product * length, other === 1 ? 4 : 1),
        );
        assert.equal(
          await setInput(guest, execution, index, other, input.shape, wrong),
          1,
          `${name} given as another type`,
        );
      }
      assert.equal(await guest.exports.compute(execution), 5, 'two inputs are missing');
      assert.equal(Object.keys(outputs).length, names.length);
    },
  },
  {
    name: 'an input that is set again leaves the others as they are',
    source: 'arithmetic',
    upstreamDiffers: 'every set_input makes a new request, so that a model with two inputs is never computed',
    detects: ['earlier inputs lost'],
    async run(context) {
      const guest = await RawNn.create(context, modelOf('add'));
      const execution = await guest.createContext(await guest.loadModel());
      assert.deepEqual(
        await guest.add(execution, [1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1]),
        [2, 3, 4, 5, 6, 7],
      );
      assert.equal(await guest.setInput(execution, 0, [10, 20, 30, 40, 50, 60]), 0);
      assert.equal(await guest.exports.compute(execution), 0);
      assert.deepEqual(await guest.output(execution), [11, 21, 31, 41, 51, 61]);
    },
  },
  {
    name: 'a dimension that is not fixed takes any length, also another one the next time',
    source,
    detects: ['fixed input shape'],
    async run(context) {
      const { inputs, outputs } = answerOf('rows');
      const guest = await RawNn.create(context, modelOf('rows'));
      const execution = await guest.createContext(await guest.loadModel());
      const x = inputs.x as NonNullable<typeof inputs.x>;
      assert.equal(await setInput(guest, execution, 0, 1, x.shape, bytesOf(x)), 0);
      assert.equal(await guest.exports.compute(execution), 0);
      const total = bytesOf(outputs.total as NonNullable<typeof outputs.total>);
      assert.deepEqual(await output(guest, execution, 0), total);
      assert.equal(await setInput(guest, execution, 0, 1, [1, 2], bytesOf(x).subarray(0, 8)), 0);
      assert.equal(await guest.exports.compute(execution), 0);
      assert.deepEqual(await output(guest, execution, 0), total.subarray(0, 4));
      assert.equal(
        await setInput(guest, execution, 0, 1, [2, 3], bytesOf(x)),
        5,
        'the second dimension is fixed',
      );
    },
  },
  {
    name: 'a shape that the model does not take is a runtime error, and the context stays usable',
    source: 'WasmEdge 0.17.1: an exception of OpenVINO is 5',
    upstreamDiffers: 'up to 0.14.1 shapes are ignored',
    detects: ['fixed input shape', 'earlier inputs lost'],
    async run(context) {
      const guest = await RawNn.create(context, modelOf('add'));
      const execution = await guest.createContext(await guest.loadModel());
      assert.equal(await setInput(guest, execution, 0, 1, [3, 2], new Uint8Array(24)), 5);
      assert.equal(
        await setInput(guest, execution, 0, 1, [1, 1, 1, 1, 1, 1, 1, 2, 3], new Uint8Array(24)),
        1,
        '9 dimensions',
      );
      assert.deepEqual(
        await guest.add(execution, [1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1]),
        [2, 3, 4, 5, 6, 7],
      );
    },
  },
  {
    name: 'a target without a device is refused',
    source: 'this plug-in',
    upstreamDiffers: 'the target is not used, or its device has no name',
    detects: ['target ignored'],
    async run(context) {
      const guest = await RawNn.create(context, modelOf('add'));
      const [builders, count] = await guest.storeModel();
      assert.equal(await guest.exports.load(builders, count, 0, 2, place.out), 1, 'TPU');
    },
  },
  {
    name: 'a configuration chooses device, shapes and properties, and refuses what it does not know',
    source: 'this plug-in: load_by_name_with_config',
    upstreamDiffers: 'a configuration is one more part, which this backend refuses',
    async run(context) {
      const guest = await RawNn.create(context, modelOf('rows'), {
        files: { rows: 'rows', again: 'rows', third: 'rows' },
      });
      const shapes = JSON.stringify({
        device: 'CPU',
        shapes: { x: [3, 2] },
        properties: { INFERENCE_NUM_THREADS: '1' },
      });
      assert.equal(await loadNamed(guest, 'rows', shapes), 0);
      const execution = await guest.createContext(await guest.number(place.out));
      assert.equal(await setInput(guest, execution, 0, 1, [3, 2], new Uint8Array(24)), 0);
      assert.equal(
        await setInput(guest, execution, 0, 1, [1, 2], new Uint8Array(8)),
        5,
        'the shape is fixed now',
      );
      for (const wrong of [
        { shapes: { y: [3, 2] } },
        { shapes: { x: [-1, 2] } },
        { shapes: { x: 'large' } },
        { device: '../CPU' },
        { properties: { A: 1 } },
        { properties: { CACHE_DIR: '/tmp' } },
        { model: 'x' },
      ]) {
        assert.equal(await loadNamed(guest, 'again', JSON.stringify(wrong)), 1, JSON.stringify(wrong));
      }
      const unknown = await loadNamed(guest, 'again', JSON.stringify({ device: 'NO_SUCH_DEVICE' }));
      assert.equal(unknown, 5, 'a device that OpenVINO does not have');
      assert.equal(await loadNamed(guest, 'again', ''), 0);
    },
  },
];
