import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { type Tensor, tensorBytes } from '@wasmedge-plugins/wasi-nn';
import { isGuestType } from '@wasmedge-plugins/wasi-nn/conformance';
import { assertClose } from '../assert-close.js';
import { answeredModels, answersOf, answersSource, modelBytes } from '../models.js';
import { ONNXGuest } from '../onnx-guest.js';

/** An input in a type that guests have a number for: bool and i8 as bytes. */
function asGuestTensor(tensor: Tensor): Tensor {
  return isGuestType(tensor.type)
    ? tensor
    : { type: 'u8', shape: tensor.shape, data: Uint8Array.from(tensorBytes(tensor)) };
}

/** Computations of which another interpreter says the result. */
export const answerCases: readonly ConformanceCase[] = answeredModels.map((name) => ({
  name: `the model ${name} gives what it gives in another interpreter`,
  source: answersSource,
  ...(name === 'several' && { detects: ['outputs by name'] }),
  ...(name === 'dynamic' && { detects: ['first shape kept'] }),
  async run(context) {
    const guest = await ONNXGuest.create(context);
    const execution = await guest.open(modelBytes(name));
    const answers = answersOf(name);
    assert.notEqual(answers.length, 0);
    for (const { inputs, outputs } of answers) {
      await guest.run(execution, inputs.map(asGuestTensor));
      await mapInOrder(outputs, async (expected, index) => {
        const { errno, bytes } = await guest.output(execution, index);
        assert.equal(errno, 0, `get_output ${index}`);
        assertClose(bytes, expected, name === 'convolution');
      });
      assert.equal((await guest.output(execution, outputs.length)).errno, 1, 'there is no further output');
    }
  },
}));
