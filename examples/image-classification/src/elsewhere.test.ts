import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { elsewhereTests } from '@wasmedge-plugins/conformance/vitest';
import { onnx } from '@wasmedge-plugins/wasi-nn-onnx';
import * as onnxRuntime from '@wasmedge-plugins/wasi-nn-onnx/cli';
import { suite as onnxSuite } from '@wasmedge-plugins/wasi-nn-onnx/conformance';
import { openVINO } from '@wasmedge-plugins/wasi-nn-openvino';
import * as openvino from '@wasmedge-plugins/wasi-nn-openvino/cli';
import { suite as openvinoSuite } from '@wasmedge-plugins/wasi-nn-openvino/conformance';
import { pytorch } from '@wasmedge-plugins/wasi-nn-pytorch';
import * as torch from '@wasmedge-plugins/wasi-nn-pytorch/cli';
import { suite as pytorchSuite } from '@wasmedge-plugins/wasi-nn-pytorch/conformance';
import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
import * as lite from '@wasmedge-plugins/wasi-nn-tflite/cli';
import { suite as tfliteSuite } from '@wasmedge-plugins/wasi-nn-tflite/conformance';
import { expect } from 'vitest';
import { projectFile } from './shapes.js';

const shapes = (extension: string) => new URL(`../models/shapes.${extension}`, import.meta.url);
const bytes = (extension: string) => readFileSync(shapes(extension));
const common = { guestModels: 'deny', maxGraphs: 5, tensorNumbering: 'auto' } as const;

const backends = [
  {
    suite: onnxSuite,
    commandLine: onnxRuntime.commandLine,
    layout: 'nchw',
    plugin: onnx({
      ...common,
      models: { urls: { file: shapes('onnx') }, bytes: { file: bytes('onnx'), target: 'cpu' } },
    }),
  },
  {
    suite: openvinoSuite,
    commandLine: openvino.commandLine,
    layout: 'nchw',
    plugin: openVINO({
      ...common,
      models: {
        urls: { xml: shapes('xml'), weights: shapes('bin') },
        bytes: { xml: bytes('xml'), weights: bytes('bin'), target: 'cpu' },
      },
    }),
  },
  {
    suite: pytorchSuite,
    commandLine: torch.commandLine,
    layout: 'nchw',
    plugin: pytorch({
      ...common,
      models: { urls: { file: shapes('pt') }, bytes: { file: bytes('pt'), target: 'cpu' } },
    }),
  },
  {
    suite: tfliteSuite,
    commandLine: lite.commandLine,
    layout: 'nhwc',
    plugin: tflite({
      ...common,
      models: { urls: { file: shapes('tflite') }, bytes: { file: bytes('tflite'), target: 'cpu' } },
    }),
  },
];

for (const { suite, commandLine, layout, plugin } of backends) {
  const problems = (commandLine.libraries?.() ?? []).filter((each) => each.problem && !each.optional);
  await elsewhereTests(suite, { providers: ['embedded'] }, () => [
    {
      name: 'with models of URLs and of bytes',
      plugins: [plugin],
      guest: new URL('../conformance/classify-image.wasm', import.meta.url),
      args: ['urls', layout, 'bytes', layout],
      stdin: Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => (index * 7) % 256),
      preopens: { models: fileURLToPath(projectFile('models')) },
      // Without its library the guest is told so, here and there.
      expected:
        problems.length === 0
          ? { done: 0, stdout: expect.stringMatching(/^urls.*\nbytes.*\n$/) }
          : { done: expect.not.closeTo(0) },
    },
  ]);
}
