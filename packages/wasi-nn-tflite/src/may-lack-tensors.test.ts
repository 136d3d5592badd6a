import { expect, it } from 'vitest';
import { modelBytes } from '../conformance/models.js';
import { mayLackTensors } from './may-lack-tensors.js';
import { ModelReader } from './model-reader.js';

// Numbers of the operators by the schema of TensorFlow Lite (BuiltinOperator).
it.each([
  ['add', [0]],
  ['convolution', [3, 17, 9, 25]],
  ['gather', [36]],
  ['logical-and', [86]],
  ['custom', [32]],
])('the model %s has the operators %j', (name, numbers) => {
  const operators = [...new ModelReader(modelBytes(name)).operators()];
  expect(operators.map(({ number }) => number)).toEqual(numbers);
});

it('only a model with an operator that a library may not know may lack tensors', () => {
  for (const name of [
    'add',
    'add-u8',
    'several',
    'resizable',
    'convolution',
    'gather',
    'echo-f16',
    'fully-connected-i8',
  ]) {
    expect(mayLackTensors([modelBytes(name)]), name).toBe(false);
  }
  expect(mayLackTensors([modelBytes('custom')])).toBe(true);
  expect(mayLackTensors([new Uint8Array(100).fill(0xff)])).toBe(true);
  expect(mayLackTensors([])).toBe(true);
});
