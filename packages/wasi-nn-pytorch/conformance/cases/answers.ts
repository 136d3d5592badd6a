import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { type Tensor, tensorBytes } from '@wasmedge-plugins/wasi-nn';
import { NnGuest } from '../drive/nn-guest.js';
import { answeredModels, answersOf, answersSource, modelBytes, modelUrl } from '../models.js';

/** Element types that a guest can pass. */
const guestTypes = ['f16', 'f32', 'f64', 'u8', 'i32', 'i64'];

/** Networks whose kernels round differently on other processors and versions; every other answer is the same to the last bit. */
const tolerances: Readonly<Record<string, number>> = { convolution: 1e-6, 'quantized-linear': 0.1 };

const differences: Readonly<Record<string, string>> = {
  dict: 'a dict of outputs is refused',
  nested: 'nested outputs end the process',
  quantize: 'quantised outputs end the process',
  sparse: 'sparse outputs end the process',
  types: 'a dict of outputs is refused',
  echo: 'inputs are f32 only',
  transpose: 'outputs come in the order of storage',
  'channels-last': 'outputs come in the order of storage',
};

/** Computations of which Python's torch says the result. */
export const answerCases: readonly ConformanceCase[] = answeredModels.map((name) => ({
  name: `the model ${name} gives what it gives in Python`,
  source: answersSource,
  ...(differences[name] && { upstreamDiffers: differences[name] }),
  ...(['transpose', 'channels-last'].includes(name) && { detects: ['storage-order'] }),
  async run(context) {
    const tolerance = tolerances[name] ?? 0;
    const models = { own: { file: modelUrl(name), config: { outputTypes: 'own' } } } as const;
    const guest = await NnGuest.create(context, context.provider === 'native' ? {} : { models });
    const { errno, graph: asFloat } = await guest.load([modelBytes(name)]);
    assert.equal(errno, 0);
    const answers = answersOf(name).filter(({ inputs }) =>
      inputs.every(({ type }) => guestTypes.includes(type)),
    );
    assert.notEqual(answers.length, 0);
    for (const { inputs, f32 } of answers) await checkOutputs(guest, asFloat, inputs, f32, tolerance);
    if (context.provider === 'native') return;
    const own = await guest.loadByName('own');
    assert.equal(own.errno, 0);
    for (const answer of answers) await checkOutputs(guest, own.graph, answer.inputs, answer.own, tolerance);
  },
}));

async function checkOutputs(
  guest: NnGuest,
  graph: number,
  inputs: readonly Tensor[],
  expected: readonly Tensor[],
  tolerance: number,
): Promise<void> {
  // A context of its own for each: upstream appends the outputs of a second computation.
  const context = await guest.createContext(graph);
  await guest.run(context, inputs);
  await mapInOrder(expected, async (tensor, index) => {
    const { errno, bytes } = await guest.output(context, index);
    assert.equal(errno, 0, `get_output ${index}`);
    checkBytes(bytes, tensorBytes(tensor), tolerance, `output ${index}`);
  });
  assert.equal((await guest.output(context, expected.length)).errno, 1, 'there is no further output');
}

function checkBytes(actual: Buffer, expected: Uint8Array, tolerance: number, what: string): void {
  if (tolerance === 0) {
    assert.deepEqual(actual, Buffer.from(expected), what);
    return;
  }
  assert.equal(actual.length, expected.length, what);
  const [given, wanted] = [actual, expected].map((bytes) => new Float32Array(Uint8Array.from(bytes).buffer));
  wanted?.forEach((value, element) => {
    const difference = Math.abs(value - (given?.[element] ?? Number.NaN));
    assert.ok(difference <= tolerance, `${what}, element ${element}: ${given?.[element]}, not ${value}`);
  });
}
