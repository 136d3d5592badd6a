import type { ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import { type AbiOptions, abiCases, guestFile, nativeProbe } from '../../conformance/abi-suite.js';
import { sumModel, sumModels, sumPlugin } from './sum-plugin.js';

// A native target runs each case in a process of its own, which imports the built file.
const built = import.meta.url.endsWith('.ts') ? '../../dist/sum-suite.js' : './sum-suite.js';

export { sumPlugin };

/** The suite of the guest ABI, on the backend of the tests and on the stand-in of the native plug-in, which has the same models. */
export const suite: ConformanceSuite = {
  plugin: 'wasi_nn',
  title: 'WASI-NN, on a backend of the test',
  module: new URL(built, import.meta.url).href,
  guests: new URL('./', guestFile('raw-calls')),
  createPlugin: ({ provider, nativePath, options }: ProviderSetup) =>
    sumPlugin({ provider, nativePath, models: sumModels((options ?? {}) as AbiOptions) }),
  cases: abiCases(sumModel),
  nativeProbe: nativeProbe(sumModel),
};
