import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { assertClose } from '../assert-close.js';
import { type Answer, answersOf, answersSource, disguisedModels, modelBytes, modelUrl } from '../models.js';
import { ONNXGuest } from '../onnx-guest.js';

const deliberate = 'deliberate: a model reaches no file but those beside it that the host has';

/** Models whose tensors lie in other files. */
export const externalDataCases: readonly ConformanceCase[] = [
  {
    name: 'tensors are read from a file beside a model that the host has named',
    source: "ONNX: ExternalData.md; the values are numpy's",
    detects: ['no external data'],
    async run(context) {
      const guest = await ONNXGuest.create(context, { models: { any: { file: modelUrl('external') } } });
      const { errno, graph } = await guest.loadByName('any');
      assert.equal(errno, 0);
      const { execution } = await guest.createContext(graph);
      await guest.run(execution, [tensor('f32', [1, 2], Float32Array.of(5, 7))]);
      const { bytes } = await guest.output(execution, 0);
      assertClose(bytes, tensor('f32', [1, 2], Float32Array.of(10, -21)), false);
    },
  },
  {
    name: "a guest's model, and one of the host's that came as bytes, have no other files",
    source: deliberate,
    async run(context) {
      const file = modelBytes('external');
      const guest = await ONNXGuest.create(context, { models: { any: { file } } });
      assert.equal((await guest.load([file])).errno, 1);
      assert.equal((await guest.loadByName('any')).errno, 1);
    },
  },
  {
    name: "files outside the model's folder, and addresses of memory, are refused",
    source: deliberate,
    async run(context) {
      const names = ['external-outside', 'external-absolute', 'external-memory'];
      const models = Object.fromEntries(names.map((name) => [name, { file: modelUrl(name) }]));
      const guest = await ONNXGuest.create(context, { models });
      for (const name of names) {
        assert.equal((await guest.loadByName(name)).errno, 1, name);
        assert.equal((await guest.load([modelBytes(name)])).errno, 1, `${name} of a guest`);
      }
    },
  },
  {
    name: 'tensors of nodes are not read from other files',
    source: "deliberate: ONNX Runtime would look for them in the process's working directory",
    async run(context) {
      const models = { any: { file: modelUrl('external-branch') } };
      const guest = await ONNXGuest.create(context, { models });
      assert.equal((await guest.loadByName('any')).errno, 6);
      assert.equal((await guest.load([modelBytes('external-branch')])).errno, 6);
    },
  },
  {
    name: 'no model reaches a file by a form that not all readers of Protocol Buffers read alike',
    source: "deliberate: ONNX Runtime would look for them in the process's working directory",
    async run(context) {
      const models = Object.fromEntries(disguisedModels.map((name) => [name, { file: modelBytes(name) }]));
      const guest = await ONNXGuest.create(context, { models });
      for (const name of disguisedModels) {
        // A default value in a function is another place than a constant of the main graph.
        const errno = name === 'disguised-default' ? 6 : 1;
        assert.equal((await guest.loadByName(name)).errno, errno, name);
        assert.equal((await guest.load([modelBytes(name)])).errno, errno, `${name} of a guest`);
      }
    },
  },
  {
    name: "a model is one of ONNX also where it has the mark of ONNX Runtime's own format",
    source: `${answersSource}; protobuf.dev, encoding: fields stand in any order`,
    async run(context) {
      const guest = await ONNXGuest.create(context, { models: { any: { file: modelUrl('other-format') } } });
      const { inputs, outputs } = answersOf('other-format')[0] as Answer;
      const { execution } = await guest.createContext((await guest.loadByName('any')).graph);
      await guest.run(execution, inputs);
      assertClose((await guest.output(execution, 0)).bytes, outputs[0] as Tensor, false);
    },
  },
];
