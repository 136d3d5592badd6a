import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { describe, expect, it } from 'vitest';
import { modelBytes } from '../conformance/models.js';
import { ONNXGuest } from '../conformance/onnx-guest.js';
import { findLibrary } from './library/find-library.js';
import { onnx } from './plugin.js';
import type { ONNXRuntime } from './runtime.js';

const here: readonly ONNXRuntime[] =
  problemOf(findLibrary) === undefined ? ['native-library', 'web'] : ['web'];

describe.runIf(process.env.WASMEDGE_SLOW_TESTS === 'on').each(here)('on %s', (runtime) => {
  it('loading and unloading 5,000 models leaves nothing behind', { timeout: 900_000 }, async () => {
    using instance = await createRuntime({
      engine: 'v8',
      plugins: [onnx({ runtime, guestModels: 'allow' })],
    });
    const guest = await ONNXGuest.in(inlineCaseRuntime(instance));
    const add = modelBytes('add');
    const half = add.subarray(0, add.length >> 1);
    const resident: number[] = [];
    for (let round = 1; round <= 5000; round++) {
      const { errno, graph } = await guest.load([add]);
      if (errno !== 0 || (await guest.createContext(graph)).errno !== 0)
        throw new Error(`round ${round}: load`);
      if ((await guest.raw.exports.unload(graph)) !== 0) throw new Error(`round ${round}: unload`);
      if (round % 10 === 0 && (await guest.load([half])).errno !== 1)
        throw new Error(`round ${round}: half a model`);
      if (round % 1000 === 0) resident.push(process.memoryUsage.rss());
    }
    // A context that is not freed is about 25 KB: 100 MB in these rounds. What the garbage collector has not yet taken is less.
    expect((resident.at(-1) as number) - (resident[0] as number)).toBeLessThan(64 << 20);
  });
});
