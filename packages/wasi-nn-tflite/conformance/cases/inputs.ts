import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { tensor, zeros } from '@wasmedge-plugins/wasi-nn';
import type { TFLiteRuntime } from '../../src/runtime.js';
import { assertClose } from '../assert-close.js';
import { type Answer, answersOf, answersSource, modelBytes, modelUrl } from '../models.js';
import { TFLiteGuest } from '../tflite-guest.js';

const measured = 'measured: WasmEdge 0.14.1';

/** What inputs must be. */
export function inputCases(runtime: TFLiteRuntime): readonly ConformanceCase[] {
  return [
    {
      name: 'an input of another index, rank, shape or element type is an invalid argument',
      source: measured,
      async run(context) {
        const guest = await TFLiteGuest.create(context);
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
      name: 'an input of a type that WASI-NN does not have cannot be set',
      source: measured,
      async run(context) {
        const guest = await TFLiteGuest.create(context);
        const execution = await guest.open(modelBytes('echo-i16'));
        assert.equal(await guest.setInput(execution, 0, zeros('f16', [4])), 1);
        assert.equal(await guest.setInput(execution, 0, zeros('u8', [4])), 1);
      },
    },
    {
      name: 'another shape is taken when the configuration allows it',
      source: answersSource,
      upstreamDiffers: 'a configuration is an invalid argument',
      async run(context) {
        const guest = await TFLiteGuest.create(context, {
          models: { any: { file: modelUrl('resizable'), config: { resize: true } } },
        });
        const { errno, graph } = await guest.loadByName('any');
        if (runtime !== 'native-library' && errno === 6) context.ignore('LiteRT.js cannot resize inputs');
        assert.equal(errno, 0);
        const { execution } = await guest.createContext(graph);
        const [row, rows] = answersOf('resizable') as [Answer, Answer];
        for (const { inputs, outputs } of [row, rows, row, rows, rows]) {
          await guest.run(execution, inputs);
          const { bytes } = await guest.output(execution, 0);
          assertClose(bytes, outputs[0] as Answer['outputs'][number], false);
        }
      },
    },
    {
      name: 'shapes that do not fit each other are an error, and the context is usable again with others',
      source: 'deliberate: upstream takes no other shapes',
      upstreamDiffers: 'a configuration is an invalid argument',
      async run(context) {
        const guest = await TFLiteGuest.create(context, {
          models: { add: { file: modelUrl('add'), config: { resize: true } } },
        });
        const { errno, graph } = await guest.loadByName('add');
        if (runtime !== 'native-library' && errno === 6) context.ignore('LiteRT.js cannot resize inputs');
        const { execution } = await guest.createContext(graph);
        const four = tensor('f32', [4], Float32Array.of(1, 2, 3, 4));
        const five = tensor('f32', [5], new Float32Array(5));
        assert.equal(await guest.setInput(execution, 0, zeros('f32', [0])), 1, 'nothing');
        assert.equal(await guest.setInput(execution, 0, four), 0);
        assert.equal(await guest.setInput(execution, 1, five), 0);
        assert.equal(await guest.compute(execution), 4);
        assert.notEqual((await guest.output(execution, 0)).errno, 0);
        assert.equal(await guest.setInput(execution, 1, four), 0);
        assert.equal(await guest.compute(execution), 0);
        const { bytes } = await guest.output(execution, 0);
        assertClose(bytes, tensor('f32', [4], Float32Array.of(2, 4, 6, 8)), false);
      },
    },
    {
      name: 'a model can do without another shape: it is refused when the configuration does not allow it',
      source: measured,
      async run(context) {
        const guest = await TFLiteGuest.create(context);
        const execution = await guest.open(modelBytes('resizable'));
        assert.equal(await guest.setInput(execution, 0, zeros('f32', [3, 2])), 1);
      },
    },
  ];
}
