import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { isGuestType } from '@wasmedge-plugins/wasi-nn/conformance';
import { assertClose } from '../assert-close.js';
import { answeredModels, answersOf, answersSource, modelBytes } from '../models.js';
import { TFLiteGuest } from '../tflite-guest.js';

const roundedModels = ['convolution', 'add-u8', 'add-i8', 'fully-connected-i8'];
const guestModels = answeredModels.filter((name) =>
  answersOf(name).every(({ inputs }) => inputs.every(({ type }) => isGuestType(type))),
);

const differences: Readonly<Record<string, string>> = {
  'add-i64': 'inputs of i64 are refused',
  'echo-i64': 'inputs of i64 are refused',
  'echo-f64': 'inputs of f64 are refused',
};

/** Computations of which another interpreter says the result. */
export const answerCases: readonly ConformanceCase[] = guestModels.map((name) => ({
  name: `the model ${name} gives what it gives in another interpreter`,
  source: answersSource,
  ...(differences[name] && { upstreamDiffers: differences[name] }),
  ...(name === 'several' && { detects: ['outputs by signature'] }),
  async run(context) {
    const guest = await TFLiteGuest.create(context);
    const execution = await guest.open(modelBytes(name));
    // The model whose shape can change is computed with its own here.
    const answers = name === 'resizable' ? answersOf(name).slice(0, 1) : answersOf(name);
    assert.notEqual(answers.length, 0);
    for (const { inputs, outputs } of answers) {
      await guest.run(execution, inputs);
      await mapInOrder(outputs, async (expected, index) => {
        const { errno, bytes } = await guest.output(execution, index);
        assert.equal(errno, 0, `get_output ${index}`);
        assertClose(bytes, expected, roundedModels.includes(name));
      });
      assert.equal((await guest.output(execution, outputs.length)).errno, 1, 'there is no further output');
    }
  },
}));
