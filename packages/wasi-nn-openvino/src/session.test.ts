import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import {
  defineModel,
  NnError,
  type Tensor,
  type TensorType,
  tensorBytes,
  tensorFromBytes,
} from '@wasmedge-plugins/wasi-nn';
import { RawNn } from '@wasmedge-plugins/wasi-nn/conformance';
import { sessionTests } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { describe, expect, it } from 'vitest';
import { answerOf, bytesOf, type ModelName, modelFiles, modelParts } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { openVINO } from './index.js';

// Expected values: OpenVINO's Python API, recorded by tools/models/openvino_models.py.
const inputsOf = (name: ModelName, typeOf: (input: string) => TensorType): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(answerOf(name).inputs).map(([input, recorded]) => [
      input,
      tensorFromBytes(typeOf(input), recorded.shape, bytesOf(recorded)),
    ]),
  );
// A processor that has bf16 computes with that otherwise, and the recorded answers are of one that has not.
const config = { properties: { INFERENCE_PRECISION_HINT: 'f32' } };
const linear = { ...modelFiles('linear'), config };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const hexOf = (outputs: Readonly<Record<string, Tensor>>) =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [
      name,
      { shape: [...output.shape], bytes: hex(tensorBytes(output)) },
    ]),
  );

await describeWithLibrary(() => {
  sessionTests({
    title: 'a session of OpenVINO',
    plugin: openVINO(),
    source: linear,
    bytes() {
      const [xml, weights] = modelParts('linear').map((part) => Uint8Array.from(part)) as [
        Uint8Array,
        Uint8Array,
      ];
      return { source: { xml, weights, config }, given: [xml, weights] };
    },
    wrong: [{ xml: new Uint8Array(), weights: new Uint8Array() }],
    inputs: inputsOf('linear', () => 'f32'),
    check: (outputs) => expect(hexOf(outputs)).toEqual(answerOf('linear').outputs),
  });

  describe('a session', () => {
    it('takes and gives every element type, to the last bit', async () => {
      using session = await openVINO().session(modelFiles('types'));
      const inputs = inputsOf('types', (name) => name.slice(3) as TensorType);
      expect(session.inputs?.map(({ name, type }) => [name, type])).toEqual(
        Object.entries(inputs).map(([name, { type }]) => [name, type]),
      );
      expect(hexOf(session.run(inputs))).toEqual(answerOf('types').outputs);
      expect(hexOf(await session.runAsync(inputs))).toEqual(answerOf('types').outputs);
    });

    it('holds its model to a definition, and takes shapes that are not fixed', async () => {
      const model = defineModel({
        inputs: { x: { type: 'f32', shape: [-1, 2] } },
        outputs: { total: { type: 'f32', shape: [-1] } },
      });
      using session = await openVINO().session({ ...modelFiles('rows'), model });
      const { x } = inputsOf('rows', () => 'f32') as { x: Tensor<'f32', readonly [number, 2]> };
      expect(hexOf(session.run({ x }))).toEqual(answerOf('rows').outputs);
    });

    it.each([
      ['empty', new Uint8Array(), new Uint8Array()],
      ['not XML', new TextEncoder().encode('no model'), new Uint8Array()],
      ['truncated', readFileSync(modelFiles('linear').xml).subarray(0, 900), new Uint8Array()],
      ['without its weights', readFileSync(modelFiles('linear').xml), new Uint8Array()],
      ['with half its weights', readFileSync(modelFiles('linear').xml), new Uint8Array(30)],
      ['of noise', Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) & 255), new Uint8Array(64)],
    ])('refuses a model that is %s', async (_name, xml, weights) => {
      await expect(openVINO().session({ xml, weights })).rejects.toThrow(NnError);
    });
  });

  it.runIf(process.env.WASMEDGE_SLOW_TESTS === 'on')(
    'loading and unloading 1,250 models leaves nothing behind',
    { timeout: 1_800_000 },
    async () => {
      using runtime = await createRuntime({ plugins: [openVINO({ guestModels: 'allow' })] });
      const guest = await RawNn.in(inlineCaseRuntime(runtime), {
        encoding: 0,
        parts: () => modelParts('add'),
      });
      const [builders, count] = await guest.storeModel();
      setFlagsFromString('--expose-gc');
      const collectGarbage = runInNewContext('gc') as () => void;
      const rss: number[] = [];
      for (let round = 1; round <= 1_250; round++) {
        if ((await guest.exports.load(builders, count, 0, 0, 16)) !== 0)
          throw new Error(`load failed in round ${round}`);
        const graph = await guest.number();
        await guest.createContext(graph);
        if ((await guest.exports.unload(graph)) !== 0) throw new Error(`unload failed in round ${round}`);
        if (round % 250 !== 0) continue;
        collectGarbage();
        rss.push(process.memoryUsage.rss());
      }
      // A graph and a context that stay take some 50 KB: 50 MB in these rounds. The allocators keep a few MB for themselves.
      expect((rss.at(-1) as number) - (rss[0] as number)).toBeLessThan(24 << 20);
    },
  );
});
