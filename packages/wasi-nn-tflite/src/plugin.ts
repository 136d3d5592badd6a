import type { DefinedPlugin, PluginOptionDefinitions } from '@wasmedge-plugins/core';
import {
  type BackendPlugin,
  type BackendPluginOptions,
  defineBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { describeLibrary, problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { tfliteBackend } from './backend.js';
import { findLibrary } from './library/find-library.js';
import { TensorFlowLiteLibrary } from './library/tensorflow-lite-library.js';
import { mayLackTensors } from './may-lack-tensors.js';
import { tfliteReleases } from './platforms.js';
import { runtimes, type TFLiteRuntime } from './runtime.js';
import type { TFLiteSource } from './source.js';

/** Options of {@link tflite}. */
export interface TFLiteOptions extends BackendPluginOptions<TFLiteSource> {
  /** The runtime that runs the models, see {@link TFLiteRuntime}. Default: `auto`. */
  readonly runtime?: TFLiteRuntime | undefined;
  /**
   * Whether guests may load models from their own bytes. Default: `allow`, since such models run in LiteRT.js's sandbox; with the runtime
   * `native-library` and with the native plug-in it is `deny`: a maliciously crafted model can end the process there.
   */
  readonly guestModels?: 'allow' | 'deny' | undefined;
}

const ownOptions = {
  runtime: {
    type: 'choice',
    choices: runtimes,
    default: 'auto',
    description: 'which runtime runs the models',
    flags: [],
  },
} as const satisfies PluginOptionDefinitions;

const nativeWarning =
  "WasmEdge's native TensorFlow Lite plug-in keeps at most 16 graphs, and frees none. It accepts only inputs of the types u8, f16, f32 and i32.";

/**
 * The WASI-NN plug-in on TensorFlow Lite: guests load models of encoding 4, by the names given here or from their own bytes.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [tflite({ models: { digits: { file: 'digits.tflite' } } })] })
 */
export const tflite: DefinedPlugin<TFLiteOptions, BackendPlugin<TFLiteSource>> = defineBackendPlugin<
  TFLiteSource,
  typeof ownOptions
>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-tflite', from: import.meta.url, export: 'tflite' },
  options: ownOptions,
  backend: tfliteBackend('auto'),
  backendFor: ({ runtime }) => tfliteBackend(runtime),
  partNames: ['file'],
  // LiteRT.js is a sandbox; the C library is not, and no native plug-in is.
  guestModels: ({ runtime }, provider) =>
    runtime === 'native-library' || provider === 'native' ? 'deny' : 'allow',
  // LiteRT.js is always there.
  unavailable: ({ runtime }) => (runtime === 'native-library' ? problemOf(findLibrary) : undefined),
  nativeProblem: ({ runtime }) =>
    runtime === 'auto'
      ? undefined
      : "the native plug-in has its own library; leave out runtime, or use provider: 'embedded'.",
  mayLackTensors,
  nativeWarning,
  releases: tfliteReleases,
  // Without it models run on LiteRT.js.
  libraries: () => [
    describeLibrary("TensorFlow Lite's C library", TensorFlowLiteLibrary.open, { optional: true }),
  ],
});
