import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';
import {
  type BackendPlugin,
  type BackendPluginOptions,
  backendOptionNames,
  createBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { tfliteBackend } from './backend.js';
import { findLibrary } from './library/find-library.js';
import { mayLackTensors } from './may-lack-tensors.js';
import { runtimes, type TFLiteRuntime } from './runtime.js';
import type { TFLiteSource } from './source.js';

/** Options of {@link tflite}. */
export interface TFLiteOptions extends BackendPluginOptions<TFLiteSource> {
  /** What runs the models, see {@link TFLiteRuntime}. Default: `auto`. */
  readonly runtime?: TFLiteRuntime | undefined;
  /**
   * Whether guests may load models from bytes of their own. Default: `allow`, since such models run in LiteRT.js's sandbox; with the runtime
   * `native-library` and with the native plug-in it is `deny`: a model that was made for it can end the process there.
   */
  readonly guestModels?: 'allow' | 'deny' | undefined;
}

const nativeWarning =
  "WasmEdge's native TensorFlow Lite plug-in keeps 16 graphs at most, and frees none. It takes inputs of the types u8, f16, f32 and i32 only.";

/**
 * The WASI-NN plug-in on TensorFlow Lite: guests load models of encoding 4, by the names given here or from their own bytes.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [tflite({ models: { digits: { file: 'digits.tflite' } } })] })
 */
export function tflite(options: TFLiteOptions = {}): BackendPlugin<TFLiteSource> {
  checkOptionNames<TFLiteOptions>('tflite()', options, { ...backendOptionNames, runtime: true });
  const { runtime = 'auto', ...rest } = options;
  if (!runtimes.includes(runtime)) {
    throw new InvalidArgumentError(
      `tflite(): runtime must be one of ${runtimes.join(', ')}, not ${String(runtime)}.`,
    );
  }
  return createBackendPlugin<TFLiteSource>(
    {
      caller: 'tflite',
      exportedAs: { package: '@wasmedge-plugins/wasi-nn-tflite', from: import.meta.url, export: 'tflite' },
      backend: tfliteBackend(runtime),
      partNames: ['file'],
      // LiteRT.js is a sandbox; the C library is not, and no native plug-in is.
      guestModels: runtime === 'native-library' || rest.provider === 'native' ? 'deny' : 'allow',
      // LiteRT.js is always there.
      unavailable: () => (runtime === 'native-library' ? problemOf(findLibrary) : undefined),
      mayLackTensors,
      nativeWarning,
    },
    rest,
    { runtime },
  );
}
