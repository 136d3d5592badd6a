import type { ConformanceCase, ConformanceSuite } from '@wasmedge-plugins/conformance';
import {
  abiCases,
  type CrateType,
  echoCases,
  guestFile,
  nativeProbe,
} from '@wasmedge-plugins/wasi-nn/conformance';
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

const model = { encoding: 4, parts: () => [modelBytes('add')] };
// A native target runs each case in a process of its own, which imports the built file.
const built = import.meta.url.endsWith('.ts') ? '../dist/conformance.js' : './conformance.js';

const titles: Readonly<Record<TFLiteRuntime, string>> = {
  auto: 'WASI-NN on TensorFlow Lite',
  litert: 'WASI-NN on LiteRT.js',
  'native-library': "WASI-NN on TensorFlow Lite's C library",
};

/** What TensorFlow Lite behind WASI-NN must do, on any engine, with what runs the models. */
export function suiteFor(runtime: TFLiteRuntime): ConformanceSuite {
  return {
    plugin: 'wasi_nn',
    title: titles[runtime],
    module: new URL(built, import.meta.url).href,
    guests: new URL('./', guestFile('raw-calls')),
    cases: [
      ...abiCases(model),
      ...echoCases(['f16', 'f32', 'f64', 'u8', 'i32', 'i64'], echoModels),
      ...answerCases,
      ...loadingCases,
      ...(runtime === 'native-library' ? [] : hostileCases),
      ...inputCases(runtime),
      ...computingCases,
    ].map((each) => needLibrary(runtime, each)),
    nativeProbe: nativeProbe(model),
    createPlugin({ provider, nativePath, options }) {
      const { named = [], broken = [], models = {} } = (options ?? {}) as TFLiteCaseOptions;
      const all = Object.fromEntries([
        ...named.map((name) => [name, { file: modelUrl('add') }]),
        ...broken.map((name) => [name, { file: noModelUrl }]),
        ...Object.entries(models),
      ]);
      return tflite({ provider, nativePath, models: all, runtime, guestModels: 'allow' });
    },
  };
}

/** The suite with the runtime that is found. */
export const suite: ConformanceSuite = suiteFor('auto');

/** Models that give back their input, by the type of its elements. */
function echoModels(types: readonly CrateType[]): TFLiteCaseOptions {
  return { models: Object.fromEntries(types.map((type) => [type, { file: modelUrl(`echo-${type}`) }])) };
}

/** Ends a case as ignored where the C library is missing; it fails where `CI_REQUIRE` names `tflite`. */
function needLibrary(runtime: TFLiteRuntime, each: ConformanceCase): ConformanceCase {
  if (runtime !== 'native-library') return each;
  return {
    ...each,
    run(context) {
      const problem = context.provider === 'embedded' ? problemOf(findLibrary) : undefined;
      if (problem !== undefined) context.ignore(problem, 'tflite');
      return each.run(context);
    },
  };
}
