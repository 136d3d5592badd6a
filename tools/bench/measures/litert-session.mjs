// @ts-check
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { loadBackend } from '../inference/backends.mjs';
import { timedAsync } from '../rounds.mjs';
import { sumOf } from './instantiation.mjs';

const values = Float32Array.of(1, 2, 3, 4, 5, 6);

/**
 * A session of LiteRT.js against LiteRT.js in a worker that does nothing else.
 * @param {string} file of a model that adds two tensors of 6 numbers
 * @returns {Promise<{ comparisons: import('../rounds.mjs').Comparison[], close: () => Promise<void> }>}
 */
export async function openLiteRtSession(file) {
  const { tensor, tensorBytes } = await import('@wasmedge-plugins/wasi-nn');
  const { create } = await loadBackend('tflite', 'litert');
  const plugin = create({ mobilenet: [], tiny: [file], large: [] });
  const session = /** @type {import('@wasmedge-plugins/wasi-nn').Session} */ (
    await plugin.session({ file, config: { threads: 1 } })
  );
  const moduleUrl = new URL('litert-task.js', import.meta.resolve('@wasmedge-plugins/wasi-nn-tflite')).href;
  const worker = new Worker(new URL('bare-litert-program.mjs', import.meta.url), {
    workerData: { moduleUrl, model: new Uint8Array(readFileSync(file)) },
  });
  /** @type {(answer: Uint8Array) => void} */
  let settle = () => {};
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  worker.on('message', (answer) => settle(answer));
  const bare = (/** @type {Uint8Array[]} */ inputs) =>
    new Promise((/** @type {(answer: Uint8Array) => void} */ resolve) => {
      settle = resolve;
      worker.postMessage(inputs);
    });
  return {
    comparisons: [
      {
        id: 'nn-litert-session',
        title: 'LiteRT.js: a sum of 6 numbers, by a session, against a bare worker',
        ours: async (count) => {
          /** @type {Uint8Array | undefined} */
          let last;
          const { nanoseconds } = await timedAsync(async () => {
            for (let i = 0; i < count; i++) {
              const outputs = await session.runAsync([
                tensor('f32', [2, 3], values),
                tensor('f32', [2, 3], values),
              ]);
              [last] = Object.values(outputs).map(tensorBytes);
            }
            return 0;
          });
          return { nanoseconds, answer: sumOf(last ?? new Uint8Array()) };
        },
        baseline: async (count) => {
          const bytes = new Uint8Array(values.buffer);
          let last = new Uint8Array();
          const { nanoseconds } = await timedAsync(async () => {
            for (let i = 0; i < count; i++) last = new Uint8Array(await bare([bytes, bytes]));
            return 0;
          });
          return { nanoseconds, answer: sumOf(last) };
        },
        count: 30,
        warmUps: 30,
      },
    ],
    close: async () => {
      session[Symbol.dispose]();
      await worker.terminate();
    },
  };
}
