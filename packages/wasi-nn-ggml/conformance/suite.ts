import type { ConformanceCase, ConformanceSuite } from '@wasmedge-plugins/conformance';
import { guestFile, needing } from '@wasmedge-plugins/wasi-nn/conformance';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from '../src/library/find-library.js';
import { ggml } from '../src/plugin.js';
import type { GGMLCaseOptions } from './case-options.js';
import { guestCases } from './cases/guests.js';
import { loadingCases } from './cases/loading.js';
import { optionCases } from './cases/options.js';
import { stateCases } from './cases/states.js';
import { textCases } from './cases/texts.js';
import { modelUrl } from './models.js';

const needs = { name: 'ggml', problem: () => problemOf(findLibrary) };

const cases: readonly ConformanceCase[] = [
  ...textCases,
  ...stateCases,
  ...optionCases,
  ...loadingCases,
  ...guestCases,
];

/** What llama.cpp behind WASI-NN must do, on any engine. */
export const suite: ConformanceSuite = {
  plugin: 'wasi_nn',
  title: 'WASI-NN on llama.cpp',
  module: '@wasmedge-plugins/wasi-nn-ggml/conformance',
  from: import.meta.url,
  guests: new URL('./', guestFile('raw-calls')),
  cases: cases.map((each) => needing(needs, each)),
  createPlugin({ options, ...provider }) {
    const { models, ...others } = (options ?? {}) as GGMLCaseOptions;
    const all = { default: { file: modelUrl }, other: { file: modelUrl }, ...models };
    return ggml({ ...provider, ...others, models: all });
  },
};
