import { createHash } from 'node:crypto';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { type Answer, answersOf, modelBytes } from '../conformance/models.js';
import { ONNXGuest } from '../conformance/onnx-guest.js';
import { onnx } from './plugin.js';

const slow = process.env.WASMEDGE_SLOW_TESTS === 'on';

/** Numbers from 0 up to a bound, the same every time. */
function numberAt(round: number, what: string, bound: number): number {
  const digest = createHash('sha256').update(`${what} ${round}`).digest();
  return digest.readUInt32LE(0) % bound;
}

it(`of ${slow ? 1000 : 100} models with changed bytes none ends anything, and the right one computes after them`, {
  timeout: 600_000,
}, async () => {
  using instance = await createRuntime({
    engine: 'v8',
    plugins: [onnx({ runtime: 'web', maxBytes: 2 ** 28 })],
    logger: () => {},
  });
  const guest = await ONNXGuest.in(inlineCaseRuntime(instance));
  const names = ['convolution', 'several', 'loop', 'gather'];
  const codes = new Set<number>();
  for (let round = 0; round < (slow ? 1000 : 100); round++) {
    const name = names[round % names.length] as string;
    const model = Uint8Array.from(modelBytes(name));
    for (let change = 0; change <= round % 3; change++) {
      model[numberAt(round, `place ${change}`, model.length)] = numberAt(round, `byte ${change}`, 256);
    }
    const { errno, graph } = await guest.load([model]);
    codes.add(errno);
    if (errno !== 0) continue;
    const made = await guest.createContext(graph);
    expect(made.errno, `round ${round}`).toBe(0);
    for (const [index, input] of (answersOf(name)[0] as Answer).inputs.entries()) {
      await guest.setInput(made.execution, index, input);
    }
    codes.add(await guest.compute(made.execution));
    expect(await guest.raw.exports.unload(graph)).toBe(0);
  }
  // Not a model, what WASI-NN does not have, and what fails when it computes.
  expect([0, 1, 5, 6]).toEqual(expect.arrayContaining([...codes]));
  const execution = await guest.open(modelBytes('convolution'));
  await guest.run(execution, (answersOf('convolution')[0] as Answer).inputs);
});
