import type { DefinedPlugin, PluginOptionDefinitions } from '@wasmedge-plugins/core';
import {
  type BackendPlugin,
  type BackendPluginOptions,
  defineBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { describeLibrary, problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { onnxBackend } from './backend.js';
import { findLibrary } from './library/find-library.js';
import { OnnxRuntimeLibrary } from './library/onnx-runtime-library.js';
import { onnxReleases } from './platforms.js';
import { type ONNXRuntime, runtimes } from './runtime.js';
import type { ONNXSource } from './source.js';

/** Options of {@link onnx}. WasmEdge has no native plug-in for ONNX, so there is no `provider`. */
export interface ONNXOptions
  extends Omit<BackendPluginOptions<ONNXSource>, 'provider' | 'nativePath' | 'guestModels'> {
  /** The runtime that runs the models, see {@link ONNXRuntime}. Default: `auto`. */
  readonly runtime?: ONNXRuntime | undefined;
  /**
   * Whether guests may load models from their own bytes. Default: `allow`, since such models run in onnxruntime-web's sandbox; with the runtime `native-library` it is
   * `deny`: a maliciously crafted model can end the process there.
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

/**
 * The WASI-NN plug-in on ONNX Runtime: guests load models of encoding 1, by the names given here or from their own bytes.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [onnx({ models: { digits: { file: 'digits.onnx' } } })] })
 */
export const onnx: DefinedPlugin<ONNXOptions, BackendPlugin<ONNXSource>> = defineBackendPlugin<
  ONNXSource,
  typeof ownOptions
>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-onnx', from: import.meta.url, export: 'onnx' },
  options: ownOptions,
  backend: onnxBackend('auto'),
  backendFor: ({ runtime }) => onnxBackend(runtime),
  partNames: ['file'],
  // onnxruntime-web is a sandbox; the library is not.
  guestModels: ({ runtime }) => (runtime === 'native-library' ? 'deny' : 'allow'),
  // onnxruntime-web is always there.
  unavailable: ({ runtime }) => (runtime === 'native-library' ? problemOf(findLibrary) : undefined),
  releases: onnxReleases,
  // Without it models run on onnxruntime-web.
  libraries: () => [describeLibrary("ONNX Runtime's library", OnnxRuntimeLibrary.open, { optional: true })],
});
