import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { type Answer, answersOf, modelBytes, modelUrl } from '../models.js';
import { TFLiteGuest } from '../tflite-guest.js';

const measured = 'measured: WasmEdge 0.14.1';

/** Bytes that are not a model, from a hash, so that they are the same every time. */
const noise = Buffer.concat(
  Array.from({ length: 64 }, (_, index) => createHash('sha256').update(`noise ${index}`).digest()),
);

/** What may be loaded, and what may not. */
export const loadingCases: readonly ConformanceCase[] = [
  {
    name: 'the targets gpu and tpu are invalid arguments',
    source: measured,
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const add = modelBytes('add');
      assert.deepEqual(
        await mapInOrder([1, 2], async (target) => (await guest.load([add], target)).errno),
        [1, 1],
      );
    },
  },
  {
    name: 'the target auto of a named model is an invalid argument',
    source: measured,
    async run(context) {
      const models = { any: { file: modelUrl('add'), target: 'auto' } } as const;
      const guest = await TFLiteGuest.create(context, { models });
      assert.equal((await guest.loadByName('any')).errno, 1);
    },
  },
  {
    name: 'bytes that are not a model are an invalid argument',
    source: measured,
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const model = modelBytes('convolution');
      const identifier = Buffer.from('TFL3');
      const wrong = {
        empty: new Uint8Array(),
        'one byte': new Uint8Array(1),
        noise,
        'noise behind the identifier': Buffer.concat([Buffer.from([28, 0, 0, 0]), identifier, noise]),
        'numbers that lead nowhere': Buffer.concat([
          Buffer.alloc(4, 0xff),
          identifier,
          Buffer.alloc(64, 0xff),
        ]),
        text: Buffer.from('a model of another kind'),
      };
      for (const [what, bytes] of Object.entries(wrong)) {
        assert.equal((await guest.load([bytes])).errno, 1, what);
      }
      for (let length = 1; length < model.length; length += 61) {
        assert.equal(
          (await guest.load([model.subarray(0, length)])).errno,
          1,
          `cut off after ${length} bytes`,
        );
      }
      assert.equal((await guest.load([model])).errno, 0);
    },
  },
  {
    name: 'a 17th graph leaves the earlier ones usable',
    source: 'deliberate: there is no such limit',
    upstreamDiffers: 'it invalidates the earlier graphs, and using one of them ends the process',
    detects: ['17th graph'],
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const graphs = await mapInOrder(
        Array.from({ length: 17 }),
        async () => (await guest.load([modelBytes('add')])).graph,
      );
      const { errno, execution } = await guest.createContext(graphs[0] as number);
      assert.equal(errno, 0);
      await guest.run(execution, answersOf('add')[0]?.inputs ?? []);
      assert.equal((await guest.output(execution, 0)).errno, 0);
    },
  },
  {
    name: 'a model with an operator that is unknown is busy when it is made ready or computes',
    source: 'measured: WasmEdge 0.14.1, when it is made ready',
    detects: ['failure unseen'],
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const { errno, graph } = await guest.load([modelBytes('custom')]);
      assert.equal(errno, 0);
      const made = await guest.createContext(graph);
      if (made.errno !== 0) {
        assert.equal(made.errno, 4);
        return;
      }
      const { inputs } = answersOf('several')[0] as Answer;
      assert.equal(await guest.setInput(made.execution, 0, inputs[0] as Answer['inputs'][number]), 0);
      assert.equal(await guest.compute(made.execution), 4);
      assert.notEqual((await guest.output(made.execution, 0)).errno, 0);
    },
  },
  {
    name: 'a configuration that is not understood is an invalid argument',
    source: 'deliberate: upstream refuses every configuration',
    upstreamDiffers: 'a name that was refused is remembered, and answers success from then on',
    async run(context) {
      const guest = await TFLiteGuest.create(context, { models: { add: { file: modelUrl('add') } } });
      const wrong = [
        '{',
        '[]',
        'null',
        '{"thread":1}',
        '{"threads":0}',
        '{"threads":65}',
        '{"resize":1}',
        '{"resize":true}',
      ];
      for (const config of wrong) assert.equal((await guest.loadByName('add', config)).errno, 1, config);
      assert.equal((await guest.loadByName('add')).errno, 0);
    },
  },
  {
    name: 'a guest chooses the number of threads by configuration',
    source: 'deliberate: upstream refuses every configuration',
    upstreamDiffers: 'a configuration is an invalid argument',
    async run(context) {
      const guest = await TFLiteGuest.create(context, { models: { add: { file: modelUrl('add') } } });
      assert.equal((await guest.loadByName('add', '{"threads":1,"resize":false}')).errno, 0);
    },
  },
];

/** What no sandbox can be spared: TensorFlow Lite's C library ends the process on such models. */
export const hostileCases: readonly ConformanceCase[] = [
  {
    name: 'a model whose numbers were changed ends nothing',
    source: 'deliberate: no guest may end the host',
    upstreamDiffers: 'it ends the process',
    async run(context) {
      const guest = await TFLiteGuest.create(context);
      const model = modelBytes('convolution');
      const [answer] = answersOf('convolution') as [Answer];
      // Numbers of strides and shapes among them: some end the process in the C library, some trap in LiteRT.js.
      for (const offset of [16, 200, 578, 1221, 1222, 1223, 1225, 1232, 1233]) {
        const damaged = Uint8Array.from(model);
        damaged[offset] = (damaged[offset] as number) ^ 0xff;
        const { errno, graph } = await guest.load([damaged]);
        assert.ok([0, 1].includes(errno), `load with byte ${offset} changed`);
        if (errno !== 0) continue;
        const made = await guest.createContext(graph);
        if (made.errno !== 0) continue;
        await mapInOrder(answer.inputs, async (tensor, index) => {
          await guest.setInput(made.execution, index, tensor);
        });
        assert.ok(
          [0, 4, 5].includes(await guest.compute(made.execution)),
          `compute with byte ${offset} changed`,
        );
      }
      await guest.run(await guest.open(model), answer.inputs);
    },
  },
];
