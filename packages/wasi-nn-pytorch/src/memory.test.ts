import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { expect, it } from 'vitest';
import { NnGuest } from '../conformance/drive/nn-guest.js';
import { modelBytes } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { pytorch } from './plugin.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const cycles = 4_000;
const mebibyte = 1024 * 1024;

function residentMemory(): number {
  collectGarbage();
  return process.memoryUsage.rss();
}

await describeWithLibrary(() => {
  it(`${cycles} times load, compute and unload leave nothing behind`, { timeout: 900_000 }, async () => {
    using runtime = await createRuntime({ plugins: [pytorch({ guestModels: 'allow' })] });
    const guest = await NnGuest.in(inlineCaseRuntime(runtime));
    const model = modelBytes('matmul');
    const x = tensor('f32', [1, 3], Float32Array.of(1, 0, 0));
    const cycle = async () => {
      const { errno, graph } = await guest.load([model]);
      expect(errno).toBe(0);
      await guest.run(await guest.createContext(graph), [x]);
      expect(await guest.exports.unload(graph)).toBe(0);
    };
    for (let count = 0; count < 1000; count++) await cycle();
    const before = residentMemory();
    for (let count = 0; count < cycles; count++) await cycle();
    // A module that stayed would be some 10 KiB each time; what JavaScript's heap keeps is not of that size.
    expect((residentMemory() - before) / mebibyte).toBeLessThan(24);
  });
});
