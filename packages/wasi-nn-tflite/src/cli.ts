import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { backendCommandLine } from '@wasmedge-plugins/wasi-nn';
import { describeLibrary } from '@wasmedge-plugins/wasi-nn/kit';
import { tfliteBackend } from './backend.js';
import { TensorFlowLiteLibrary } from './library/tensorflow-lite-library.js';
import { tfliteReleases } from './platforms.js';
import { tflite } from './plugin.js';

/** The TensorFlow Lite plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  ...backendCommandLine({ backend: tfliteBackend('auto'), releases: tfliteReleases, create: tflite }),
  // Without it models run on LiteRT.js.
  libraries: () => [
    describeLibrary("TensorFlow Lite's C library", TensorFlowLiteLibrary.open, { optional: true }),
  ],
};
