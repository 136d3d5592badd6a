import { inlineCaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { modelBytes } from '../conformance/models.js';
import { TFLiteGuest } from '../conformance/tflite-guest.js';
import { contextBytes } from './context-bytes.js';
import { tflite } from './plugin.js';

const tooLarge = 7;

// Shapes and types by tools/models, times the sizes of elements.
it.each([
  ['add', 3 * 2 * 3 * 4],
  ['add-i64', 3 * 3 * 8],
] as const)('the tensors of %s have %i bytes', (name, bytes) => {
  expect(contextBytes(modelBytes(name))).toBe(bytes);
});

it('no bytes lead it astray, nor keep it busy', () => {
  const model = modelBytes('convolution');
  const before = process.cpuUsage();
  for (let index = 0; index < model.length; index++) {
    for (const value of [0, 1, 0x7f, 0xff]) {
      const changed = Uint8Array.from(model);
      changed[index] = value;
      const bytes = contextBytes(changed);
      expect(bytes === undefined || bytes >= 0, `${index} ${value}`).toBe(true);
    }
  }
  for (const all of [0, 1, 4, 0xff]) contextBytes(new Uint8Array(1 << 20).fill(all));
  expect(contextBytes(new Uint8Array())).toBeUndefined();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000);
});

it('maxBytes bounds what contexts hold', async () => {
  using runtime = await createRuntime({
    engine: 'v8',
    // Of each context 16 KiB are counted besides its tensors.
    plugins: [tflite({ runtime: 'litert', maxBytes: 50_000 })],
  });
  const guest = await TFLiteGuest.in(inlineCaseRuntime(runtime));
  const { graph } = await guest.load([modelBytes('add')]);
  const answers = await mapInOrder(
    Array.from({ length: 4 }),
    async () => (await guest.createContext(graph)).errno,
  );
  expect(answers).toEqual([0, 0, tooLarge, tooLarge]);
});
