// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createBlockingCaller } from '@wasmedge-plugins/core';
import { repositoryRoot } from '../../lib/repository.mjs';
import { sumOf } from '../measures/instantiation.mjs';
import { timed, timedAsync } from '../rounds.mjs';
import { pattern } from './infer-guest.mjs';

/** From where the packages of ONNX Runtime are found. */
const require = createRequire(join(repositoryRoot, 'packages/wasi-nn-onnx/package.json'));

const shapes = { mobilenet: [1, 3, 224, 224], tiny: [2, 3], large: [pattern.length] };

/**
 * The package of ONNX Runtime for Node, or that for the web, called in this thread by its own interface.
 * @param {'native-library' | 'web'} runtime
 * @param {import('./models.mjs').Models} models
 */
export async function openOnnxDirect(runtime, models) {
  /** @type {typeof import('onnxruntime-common')} */
  const ort = require(runtime === 'web' ? 'onnxruntime-web' : 'onnxruntime-node');
  ort.env.logLevel = 'fatal';
  ort.env.wasm.numThreads = 1;
  const open = async (/** @type {'mobilenet' | 'tiny' | 'large'} */ name) => {
    /** @type {import('onnxruntime-common').InferenceSession.SessionOptions} */
    const options = {
      // Both packages register what they have in one place, and either would run on the other's otherwise.
      executionProviders: [runtime === 'web' ? 'wasm' : 'cpu'],
      intraOpNumThreads: 1,
      logSeverityLevel: 4,
    };
    const session = await ort.InferenceSession.create(readFileSync(models[name][0] ?? ''), options);
    const length = shapes[name].reduce((product, each) => product * each);
    const feed = () => new ort.Tensor('float32', pattern.slice(0, length), shapes[name]);
    const feeds = Object.fromEntries(session.inputNames.map((input) => [input, feed()]));
    const run = async (/** @type {number} */ count) => {
      /** @type {import('onnxruntime-common').Tensor | undefined} */
      let output;
      const { nanoseconds } = await timedAsync(async () => {
        for (let index = 0; index < count; index++) {
          output = (await session.run(feeds))[session.outputNames[0] ?? ''];
        }
        return 0;
      });
      if (output === undefined) throw new Error(`${name} gave nothing.`);
      const { buffer, byteOffset, byteLength } = /** @type {Float32Array} */ (output.data);
      return { nanoseconds, answer: sumOf(new Uint8Array(buffer, byteOffset, byteLength)) };
    };
    /** Copies the input only, and looks through the model at what was copied. */
    const copy = async (/** @type {number} */ count) => {
      const [tensor] = Object.values(feeds);
      const data = /** @type {Float32Array} */ (tensor?.data);
      const given = pattern.slice(0, length);
      const { nanoseconds } = timed(() => {
        for (let index = 0; index < count; index++) data.set(given);
        return 0;
      });
      return { nanoseconds, answer: (await run(1)).answer };
    };
    return { run, copy };
  };
  const sides = {
    mobilenet: (await open('mobilenet')).run,
    tiny: (await open('tiny')).run,
    'set-input': (await open('large')).copy,
  };
  const blocking = createBlockingCaller();
  const way = { moduleUrl: new URL('way-and-back.mjs', import.meta.url), exportName: 'answer' };
  return {
    side: (/** @type {keyof typeof sides} */ name) => sides[name],
    /** The same, with what 1.3 bare ways to the helper thread and back take. */
    withWays: (/** @type {keyof typeof sides} */ name) => async (/** @type {number} */ count) => {
      const direct = await sides[name](count);
      const ways = timed(() => {
        for (let index = 0; index < count; index++) blocking.call(way, index);
        return 0;
      });
      return { ...direct, nanoseconds: direct.nanoseconds + 1.3 * ways.nanoseconds };
    },
    close: () => blocking[Symbol.dispose](),
  };
}
