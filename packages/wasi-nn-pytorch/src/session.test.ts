import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { defineModel, ModelMismatchError, NnError, type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { sessionTests } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { describe, expect, it } from 'vitest';
import { NnGuest } from '../conformance/drive/nn-guest.js';
import { answersOf, modelBytes, modelUrl } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { TorchLibrary } from './library/torch-library.js';
import { pytorch } from './plugin.js';
import type { PyTorchConfig } from './source.js';

const floats = (...values: number[]) => tensor('f32', [values.length], new Float32Array(values));
const plain = ({ type, shape, data }: Tensor) => ({ type, shape, data });

await describeWithLibrary(() => {
  it('a guest gets the models that the host names, and none of its own by default', async () => {
    using runtime = await createRuntime({
      plugins: [pytorch({ models: { sum: { file: modelUrl('add') } } })],
    });
    const guest = await NnGuest.in(inlineCaseRuntime(runtime));
    expect((await guest.load([modelBytes('add')])).errno).toBe(6);
    const { errno, graph } = await guest.loadByName('sum');
    expect(errno).toBe(0);
    const context = await guest.createContext(graph);
    await guest.run(context, [floats(1), floats(2)]);
    expect((await guest.output(context, 0)).bytes).toEqual(Buffer.from(Float32Array.of(3).buffer));
  });

  const answer = answersOf('matmul')[0];
  sessionTests({
    title: 'a session of PyTorch',
    plugin: pytorch(),
    source: { file: modelUrl('matmul') },
    bytes() {
      const file = Uint8Array.from(modelBytes('matmul'));
      return { source: { file }, given: [file] };
    },
    wrong: [
      { file: new Uint8Array() },
      { file: new Uint8Array(64).fill(7) },
      { file: modelUrl('no-forward') },
    ],
    inputs: answer?.inputs ?? [],
    check: (outputs) => expect(Object.values(outputs)).toEqual(answer?.own.map(plain)),
  });

  describe('a session', () => {
    it.each(['add', 'matmul', 'dict', 'nested', 'named-tuple', 'types', 'quantize'])(
      'gives the outputs of %s as Python does, by name and in their own types',
      async (name) => {
        using session = await pytorch().session({ file: modelUrl(name) });
        for (const { inputs, own } of answersOf(name)) {
          const expected = Object.fromEntries(own.map((output) => [output.name, plain(output)]));
          expect(session.run(inputs)).toEqual(expected);
          expect(await session.runAsync(inputs)).toEqual(expected);
        }
      },
    );

    it.each(answersOf('echo').map((answer) => [answer.own[0]?.type, answer] as const))(
      'takes and gives elements of type %s',
      async (_type, { inputs, own }) => {
        using session = await pytorch().session({ file: modelUrl('echo') });
        expect(session.run(inputs)[0]).toEqual(plain(own[0] as Tensor));
      },
    );

    it('takes any other byte than 0 for true', async () => {
      using session = await pytorch().session({ file: modelUrl('echo') });
      expect(session.run([tensor('bool', [3], Uint8Array.of(0, 1, 255))])[0]?.data).toEqual(
        Uint8Array.of(0, 1, 1),
      );
    });

    it('converts outputs to f32 when it is told to', async () => {
      using session = await pytorch().session({ file: modelUrl('argmax'), config: { outputTypes: 'f32' } });
      const answers = answersOf('argmax');
      for (const { inputs, f32 } of answers) expect(session.run(inputs)[0]).toEqual(f32[0]);
      expect(answers).toHaveLength(1);
    });

    it('finds the outputs of a defined model by their names in a dict', async () => {
      const model = defineModel({
        inputs: { x: { type: 'f32', shape: [2, 3] } },
        outputs: { double: { type: 'f32', shape: [2, 3] }, total: { type: 'f32', shape: [] } },
      });
      using session = await pytorch().session({ file: modelBytes('dict'), model });
      const x = tensor('f32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
      const { double, total } = session.run({ x });
      expect([...double.data]).toEqual([2, 4, 6, 8, 10, 12]);
      expect([...total.data]).toEqual([21]);
    });

    it('finds the outputs of a tuple by their order, and checks what came', async () => {
      const inputs = { x: { type: 'f32', shape: [1] } } as const;
      const f32 = { type: 'f32', shape: [1] } as const;
      const four = tensor('f32', [1], Float32Array.of(4));
      using right = await pytorch().session({
        file: modelUrl('tuple'),
        model: defineModel({ inputs, outputs: { next: f32, double: f32 } }),
      });
      const { next, double } = right.run({ x: four });
      expect([next.data[0], double.data[0]]).toEqual([5, 8]);
      using wrong = await pytorch().session({
        file: modelUrl('tuple'),
        model: defineModel({ inputs, outputs: { next: { type: 'i64', shape: [1] } } }),
      });
      expect(() => wrong.run({ x: four })).toThrow(ModelMismatchError);
    });

    it('says what a model threw', async () => {
      using session = await pytorch().session({ file: modelUrl('raise') });
      expect(() => session.run([floats(1)])).toThrow(NnError);
      expect(() => session.run([floats(1)])).toThrow(/the model refuses/);
      await expect(session.runAsync([floats(1)])).rejects.toThrow(/the model refuses/);
      expect(session.run([floats(1000)])[0]?.data).toEqual(Float32Array.of(1000));
    });

    it('computes in several threads at once', async () => {
      const sessions = await Promise.all(
        [1, 2, 3, 4].map(() => pytorch().session({ file: modelUrl('matmul') })),
      );
      const x = tensor('f32', [1, 3], Float32Array.of(1, 0, 0));
      const runs = sessions.flatMap((session) => Array.from({ length: 25 }, () => session.runAsync([x])));
      for (const outputs of await Promise.all(runs)) {
        expect(outputs[0]?.data).toEqual(Float32Array.of(1.5, 1.5));
      }
      for (const session of sessions) session[Symbol.dispose]();
    });

    it('uses the number of threads of its configuration', async () => {
      const { c } = TorchLibrary.open();
      const usual = c.threads();
      const used = async (config: PyTorchConfig) => {
        using session = await pytorch().session({ file: modelUrl('echo'), config });
        // The first ones run in a thread of their own.
        for (let count = 0; count < 4; count++) session.run([floats(1)]);
        return c.threads();
      };
      expect([await used({ threads: 1 }), await used({ threads: 3 }), await used({})]).toEqual([1, 3, usual]);
    });

    it.each([
      [{ threads: 0 }, /threads must be/],
      [{ outputTypes: 'f64' }, /outputTypes must be/],
      [{ device: 'CPU' }, /no setting device/],
    ])('refuses the configuration %j', async (config, message) => {
      await expect(pytorch().session({ file: modelUrl('add'), config: config as never })).rejects.toThrow(
        message,
      );
    });
  });
});
