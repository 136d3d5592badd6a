import type { ConformanceSuite } from '@wasmedge-plugins/conformance';
import { backendSuite } from '@wasmedge-plugins/wasi-nn/conformance';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../src/library/find-library.js';
import { onnx } from '../src/plugin.js';
import type { ONNXRuntime } from '../src/runtime.js';
import type { ONNXCaseOptions } from './case-options.js';
import { answerCases } from './cases/answers.js';
import { computingCases } from './cases/computing.js';
import { externalDataCases } from './cases/external-data.js';
import { hostileCases } from './cases/hostile.js';
import { inputCases } from './cases/inputs.js';
import { loadingCases } from './cases/loading.js';
import { modelUrl, noModelUrl } from './models.js';
import { abiModel } from './onnx-guest.js';

const titles: Readonly<Record<ONNXRuntime, string>> = {
  auto: 'WASI-NN on ONNX Runtime',
  web: 'WASI-NN on onnxruntime-web',
  'native-library': "WASI-NN on ONNX Runtime's library",
};

/**
 * What ONNX Runtime behind WASI-NN must do, on any engine, with what runs the models.
 *
 * @throws {Error} as `backendSuite`.
 */
export function suiteFor(runtime: ONNXRuntime): ConformanceSuite {
  return backendSuite<ONNXCaseOptions>({
    title: titles[runtime],
    packageName: '@wasmedge-plugins/wasi-nn-onnx',
    from: import.meta.url,
    model: abiModel,
    echoModels: (types) => ({
      models: Object.fromEntries(types.map((type) => [type, { file: modelUrl(`echo-${type}`) }])),
    }),
    cases: [
      ...answerCases,
      ...loadingCases,
      ...externalDataCases,
      ...inputCases,
      ...computingCases,
      ...(runtime === 'native-library' ? [] : hostileCases),
    ],
    ...(runtime === 'native-library' && { needs: { name: 'onnx', problem: () => problemOf(findLibrary) } }),
    createPlugin(provider, { named = [], broken = [], models = {} }) {
      const all = Object.fromEntries([
        ...named.map((name) => [name, { file: modelUrl('add') }]),
        ...broken.map((name) => [name, { file: noModelUrl }]),
        ...Object.entries(models),
      ]);
      return onnx({ ...provider, models: all, runtime, guestModels: 'allow' });
    },
  });
}

/** The suite with the runtime that is found. */
export const suite: ConformanceSuite = suiteFor('auto');
