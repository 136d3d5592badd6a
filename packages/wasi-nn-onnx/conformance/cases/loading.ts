import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { answersOf, modelBytes, modelUrl } from '../models.js';
import { ONNXGuest } from '../onnx-guest.js';

const deliberate = 'deliberate: WasmEdge has no ONNX plug-in';

/** Bytes that are not a model, from a hash, so that they are the same every time. */
const noise = Buffer.concat(
  Array.from({ length: 64 }, (_, index) => createHash('sha256').update(`noise ${index}`).digest()),
);

/** What may be loaded, and what may not. */
export const loadingCases: readonly ConformanceCase[] = [
  {
    name: 'a guest loads no model for the targets gpu and tpu',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const add = modelBytes('add');
      const answers = await mapInOrder([1, 2], async (target) => (await guest.load([add], target)).errno);
      assert.deepEqual(answers, [1, 1]);
    },
  },
  {
    name: 'the target auto of a named model is the processor',
    source: deliberate,
    async run(context) {
      const models = { any: { file: modelUrl('add'), target: 'auto' } } as const;
      const guest = await ONNXGuest.create(context, { models });
      assert.equal((await guest.loadByName('any')).errno, 0);
    },
  },
  {
    name: 'bytes that are not a model are an invalid argument',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const model = modelBytes('convolution');
      const wrong = {
        empty: new Uint8Array(),
        'one byte': new Uint8Array(1),
        noise,
        'a field without an end': Buffer.alloc(64, 0xff),
        'a field of 2^32 bytes': Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]),
        'a message without a graph': Buffer.from([0x08, 8]),
        text: Buffer.from('a model of another kind'),
      };
      for (const [what, bytes] of Object.entries(wrong)) {
        assert.equal((await guest.load([bytes])).errno, 1, what);
      }
      assert.equal((await guest.load([model])).errno, 0);
    },
  },
  {
    name: 'a model that was cut off is an invalid argument, or lacks what was cut off',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const model = modelBytes('convolution');
      for (let length = 1; length < model.length - 8; length += 61) {
        const { errno } = await guest.load([model.subarray(0, length)]);
        assert.equal(errno, 1, `cut off after ${length} bytes`);
      }
    },
  },
  {
    name: 'a model that ONNX Runtime refuses is an invalid argument, and others load after it',
    source: 'ONNX: operators, shapes and the order of nodes',
    detects: ['load never fails'],
    async run(context) {
      const guest = await ONNXGuest.create(context);
      for (const name of ['unknown', 'wrong-shape', 'cycle', 'huge-overflow']) {
        assert.equal((await guest.load([modelBytes(name)])).errno, 1, name);
      }
      const execution = await guest.open(modelBytes('add'));
      await guest.run(execution, answersOf('add')[0]?.inputs ?? []);
    },
  },
  {
    name: 'inputs and outputs of strings, sequences and types that not both runtimes have are an unsupported operation',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context);
      for (const name of ['strings-in', 'strings-out', 'sequence', 'input-bf16', 'input-f8']) {
        assert.equal((await guest.load([modelBytes(name)])).errno, 6, name);
      }
    },
  },
  {
    name: 'a model without outputs is an invalid argument',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context, { models: { none: { file: modelUrl('no-outputs') } } });
      assert.equal((await guest.load([modelBytes('no-outputs')])).errno, 1);
      assert.equal((await guest.loadByName('none')).errno, 1);
    },
  },
  {
    name: 'a configuration that is not understood is an invalid argument',
    source: deliberate,
    async run(context) {
      const guest = await ONNXGuest.create(context, { models: { add: { file: modelUrl('add') } } });
      const wrong = [
        '{',
        '[]',
        'null',
        '{"thread":1}',
        '{"threads":0}',
        '{"threads":65}',
        '{"optimization":"most"}',
        '{"providers":"CPU"}',
        '{"providers":["no such"]}',
      ];
      for (const config of wrong) assert.equal((await guest.loadByName('add', config)).errno, 1, config);
      assert.equal((await guest.loadByName('add')).errno, 0);
    },
  },
  {
    name: 'a guest chooses threads and optimization by configuration, but no execution providers',
    source: deliberate,
    detects: ['providers of guests'],
    async run(context) {
      const guest = await ONNXGuest.create(context, { models: { add: { file: modelUrl('add') } } });
      const right = ['{"threads":1}', '{"threads":2,"optimization":"none"}', '{"optimization":"all"}'];
      for (const config of right) {
        const { errno, graph } = await guest.loadByName('add', config);
        assert.equal(errno, 0, config);
        const { execution } = await guest.createContext(graph);
        await guest.run(execution, answersOf('add')[0]?.inputs ?? []);
      }
      assert.equal((await guest.loadByName('add', '{"providers":[]}')).errno, 1);
      assert.equal((await guest.loadByName('add', '{"providers":["CPU"]}')).errno, 1);
    },
  },
];
