import type { ConformanceSuite } from '@wasmedge-plugins/conformance';
import { backendSuite } from '@wasmedge-plugins/wasi-nn/conformance';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../src/library/find-library.js';
import { tflite } from '../src/plugin.js';
import type { TFLiteRuntime } from '../src/runtime.js';
import type { TFLiteCaseOptions } from './case-options.js';
import { answerCases } from './cases/answers.js';
import { computingCases } from './cases/computing.js';
import { inputCases } from './cases/inputs.js';
import { hostileCases, loadingCases } from './cases/loading.js';
import { modelBytes, modelUrl, noModelUrl } from './models.js';

const titles: Readonly<Record<TFLiteRuntime, string>> = {
  auto: 'WASI-NN on TensorFlow Lite',
  litert: 'WASI-NN on LiteRT.js',
  'native-library': "WASI-NN on TensorFlow Lite's C library",
};

/**
 * What TensorFlow Lite behind WASI-NN must do, on any engine, with what runs the models.
 *
 * @throws {Error} as `backendSuite`.
 */
export function suiteFor(runtime: TFLiteRuntime): ConformanceSuite {
  return backendSuite<TFLiteCaseOptions>({
    title: titles[runtime],
    packageName: '@wasmedge-plugins/wasi-nn-tflite',
    from: import.meta.url,
    model: { encoding: 4, parts: () => [modelBytes('add')] },
    echoModels: (types) => ({
      models: Object.fromEntries(types.map((type) => [type, { file: modelUrl(`echo-${type}`) }])),
    }),
    cases: [
      ...answerCases,
      ...loadingCases,
      ...(runtime === 'native-library' ? [] : hostileCases),
      ...inputCases(runtime),
      ...computingCases,
    ],
    ...(runtime === 'native-library' && { needs: { name: 'tflite', problem: () => problemOf(findLibrary) } }),
    createPlugin(provider, { named = [], broken = [], models = {} }) {
      const all = Object.fromEntries([
        ...named.map((name) => [name, { file: modelUrl('add') }]),
        ...broken.map((name) => [name, { file: noModelUrl }]),
        ...Object.entries(models),
      ]);
      return tflite({ ...provider, models: all, runtime, guestModels: 'allow' });
    },
  });
}

/** The suite with the runtime that is found. */
export const suite: ConformanceSuite = suiteFor('auto');
