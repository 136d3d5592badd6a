import type { ConformanceCase, ConformanceSuite } from '@wasmedge-plugins/conformance';
import { guestFile, needing, withDifferences } from '@wasmedge-plugins/wasi-nn/conformance';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../src/library/find-library.js';
import { ggml } from '../src/plugin.js';
import type { GGMLCaseOptions } from './case-options.js';
import { badInputCases } from './cases/bad-input.js';
import { encoderCases } from './cases/encoders.js';
import { guestCases } from './cases/guests.js';
import { hostOptionCases } from './cases/host-options.js';
import { llamaOptionCases } from './cases/llama-options.js';
import { loadingCases } from './cases/loading.js';
import { optionCases } from './cases/options.js';
import { runEndCases } from './cases/run-ends.js';
import { stateCases } from './cases/states.js';
import { textCases } from './cases/texts.js';
import { encoderUrl, rerankerUrl } from './encoders.js';
import { greedy } from './ggml-guest.js';
import { modelUrl, noModelUrl } from './models.js';
import { nativeProbe } from './native-probe.js';
import { newerDifferences, olderDifferences } from './upstream-differences.js';

const needs = { name: 'ggml', problem: () => problemOf(findLibrary) };

const cases: readonly ConformanceCase[] = [
  ...textCases,
  ...stateCases,
  ...runEndCases,
  ...optionCases,
  ...encoderCases,
  ...llamaOptionCases,
  ...badInputCases,
  // Those with options of their own are last, so that the others can share a runtime.
  ...guestCases,
  ...hostOptionCases,
  ...loadingCases,
];

const nativeModels = {
  default: { file: modelUrl },
  other: { file: modelUrl },
  encoder: { file: encoderUrl },
  reranker: { file: rerankerUrl },
  lost: { file: noModelUrl },
};

// The native plug-in gets no options of the host.
const models = {
  ...nativeModels,
  'of few tokens': { file: modelUrl, config: { ...greedy, 'n-predict': 4 } },
};

/** What llama.cpp behind WASI-NN must do, on any engine, where WasmEdge's plug-in has these differences besides those that stand at the cases. */
function suiteWith(differences: Readonly<Record<string, string>>): ConformanceSuite {
  return { ...whole, cases: withDifferences(whole.cases, differences) };
}

const whole: ConformanceSuite = {
  plugin: 'wasi_nn',
  title: 'WASI-NN on llama.cpp',
  module: '@wasmedge-plugins/wasi-nn-ggml/conformance',
  from: import.meta.url,
  guests: new URL('./', guestFile('raw-calls')),
  // A runtime has a process of its own, which takes a second to start.
  sharesRuntimes: true,
  cases: cases.map((each) => needing(needs, each)),
  nativeProbe,
  createPlugin({ options, ...provider }) {
    const named = provider.provider === 'native' ? nativeModels : models;
    return ggml({ ...provider, ...(options as GGMLCaseOptions | undefined), models: named });
  },
};

/** The suite beside the native plug-in of any release. */
export const suite: ConformanceSuite = suiteWith({ ...olderDifferences, ...newerDifferences });

/** The suite beside the native plug-in of WasmEdge 0.14. */
export const olderSuite: ConformanceSuite = suiteWith(olderDifferences);

/** The suite beside the native plug-in of WasmEdge 0.15 or later. */
export const newerSuite: ConformanceSuite = suiteWith(newerDifferences);
