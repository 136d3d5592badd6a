import type { PluginCommandLine, PluginLibrary } from '@wasmedge-plugins/core';
import { backendCommandLine } from '@wasmedge-plugins/wasi-nn';
import { tfliteBackend } from './backend.js';
import { TensorFlowLiteLibrary } from './library/tensorflow-lite-library.js';
import { tfliteReleases } from './platforms.js';
import { tflite } from './plugin.js';

/** The TensorFlow Lite plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  ...backendCommandLine({ backend: tfliteBackend('auto'), releases: tfliteReleases, create: tflite }),
  libraries: () => [describeLibrary()],
};

/** The C library, without which models run on LiteRT.js. */
function describeLibrary(): PluginLibrary {
  const name = "TensorFlow Lite's C library";
  try {
    const { path, version } = TensorFlowLiteLibrary.open();
    return { name, path, version, optional: true };
  } catch (error) {
    return { name, problem: (error as Error).message, optional: true };
  }
}
