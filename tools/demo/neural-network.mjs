// @ts-check
import { readFileSync } from 'node:fs';
import { defineModel, tensor } from '@wasmedge-plugins/wasi-nn';
import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
import { packageFile } from './package-file.mjs';
import { runGuest } from './run-guest.mjs';

const sum = packageFile('wasi-nn-tflite/conformance/models/add.tflite');
const sample = (/** @type {string} */ name) => packageFile(`wasi-nn-tflite/samples/${name}`);
const digits = defineModel({
  inputs: { image: { type: 'f32', shape: [1, 28, 28, 1] } },
  outputs: { scores: { type: 'f32', shape: [1, 10] } },
});

/** @type {import('./run-guest.mjs').Demonstration[]} */
export const demonstrations = [
  {
    plugin: 'wasi_nn',
    what: 'a guest runs a model on LiteRT',
    async run(engine) {
      const { stdout } = await runGuest(engine, 'wasi-nn/conformance/crate-0-6.wasm', {
        plugins: [tflite({ runtime: 'litert', models: { sum: { file: sum } } })],
        args: ['sum', 'add'],
      });
      return stdout;
    },
    // 1 to 6, and half of each.
    expected: 'sum=[1.5, 3.0, 4.5, 6.0, 7.5, 9.0]',
  },
  {
    plugin: 'wasi_nn',
    what: 'TypeScript reads the digit on a picture',
    hasGuest: false,
    async run() {
      const session = await tflite({ runtime: 'litert' }).session({
        file: sample('digits.tflite'),
        model: digits,
      });
      try {
        const pixels = readFileSync(sample('digit-7.pgm')).subarray(-28 * 28);
        const image = tensor(
          'f32',
          [1, 28, 28, 1],
          Float32Array.from(pixels, (pixel) => pixel / 255),
        );
        const { scores } = await session.runAsync({ image });
        return String(scores.data.indexOf(Math.max(...scores.data)));
      } finally {
        session[Symbol.dispose]();
      }
    },
    expected: '7',
  },
];
