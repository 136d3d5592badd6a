import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { type Answer, answersOf, modelBytes } from '../models.js';
import { ONNXGuest } from '../onnx-guest.js';

/** What no sandbox can be spared: ONNX Runtime's library promises nothing for such models. */
export const hostileCases: readonly ConformanceCase[] = [
  {
    name: 'a model whose bytes were changed ends nothing',
    source: 'deliberate: no guest may end the host',
    async run(context) {
      const guest = await ONNXGuest.create(context);
      const model = modelBytes('convolution');
      const [answer] = answersOf('convolution') as [Answer];
      for (let offset = 3; offset < model.length; offset += 37) {
        const damaged = Uint8Array.from(model);
        damaged[offset] = (damaged[offset] as number) ^ 0xff;
        const { errno, graph } = await guest.load([damaged]);
        assert.ok([0, 1, 6].includes(errno), `load with byte ${offset} changed: ${errno}`);
        if (errno !== 0) continue;
        const made = await guest.createContext(graph);
        await mapInOrder(answer.inputs, async (tensor, index) => {
          await guest.setInput(made.execution, index, tensor);
        });
        const computed = await guest.compute(made.execution);
        assert.ok([0, 5].includes(computed), `compute with byte ${offset} changed: ${computed}`);
        assert.equal(await guest.raw.exports.unload(graph), 0);
      }
      await guest.run(await guest.open(model), answer.inputs);
    },
  },
  {
    name: 'constants and shapes that are larger than any memory end nothing',
    source: 'deliberate: no guest may end the host',
    async run(context) {
      const guest = await ONNXGuest.create(context);
      for (const name of ['huge', 'huge-overflow', 'shape-overflow']) {
        assert.equal((await guest.load([modelBytes(name)])).errno, 1, name);
      }
      await guest.run(await guest.open(modelBytes('add')), answersOf('add')[0]?.inputs ?? []);
    },
  },
];
