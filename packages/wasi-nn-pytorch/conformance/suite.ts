import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { BackendKind, BackendPlugin } from '@wasmedge-plugins/wasi-nn';
import { type AbiOptions, backendSuite } from '@wasmedge-plugins/wasi-nn/conformance';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findShim } from '../src/library/find-shim.js';
import { type PyTorchOptions, pytorch, pytorchKind } from '../src/plugin.js';
import type { PyTorchSource } from '../src/source.js';
import { answerCases } from './cases/answers.js';
import { computingCases } from './cases/computing.js';
import { inputCases } from './cases/inputs.js';
import { loadingCases } from './cases/loading.js';
import { outputCases } from './cases/outputs.js';
import { modelBytes, modelUrl } from './models.js';

/** TorchScript does not tell which inputs a model has, nor their types: a wrong one shows when it computes, and a case here says so. */
const refusesInput =
  'an input that the model does not have, or of another type, is refused and the others stay';

/** What the cases ask for: this package's options, or those of the ABI's cases. */
export type CaseOptions = PyTorchOptions & AbiOptions;

/** Makes the plug-in of a backend: `defineBackendPlugin`, or with a defect. */
export type Create = (
  kind: BackendKind<PyTorchSource>,
  options: PyTorchOptions,
) => BackendPlugin<PyTorchSource>;

/** What WASI-NN must do with models of PyTorch, on any engine and provider. */
export const suite = backendSuite<CaseOptions>({
  title: 'WASI-NN on PyTorch',
  packageName: '@wasmedge-plugins/wasi-nn-pytorch',
  from: import.meta.url,
  model: { encoding: 3, parts: () => [modelBytes('add')] },
  echoModels(types) {
    const source: PyTorchSource = { file: modelUrl('echo'), config: { outputTypes: 'own' } };
    return { models: Object.fromEntries(types.map((type) => [type, source])) };
  },
  cases: [...answerCases, ...loadingCases, ...inputCases, ...computingCases, ...outputCases],
  leftOut: [refusesInput],
  needs: { name: 'libtorch', problem: () => problemOf(findShim) },
  createPlugin: (provider, options) => createPlugin(provider, options),
});

/** Makes the plug-in that a case asks for; a test of the suite itself makes a broken one. */
export function createPlugin(
  provider: Omit<ProviderSetup, 'options'>,
  { named = [], broken = [], models = {}, ...rest }: Partial<CaseOptions>,
  create: Create = (_kind, given) => pytorch(given),
): BackendPlugin<PyTorchSource> {
  const abiModels = Object.fromEntries([
    ...named.map((name) => [name, { file: modelUrl('add') }]),
    ...broken.map((name) => [name, { file: modelUrl('no-forward') }]),
  ]);
  return create(pytorchKind, {
    guestModels: 'allow',
    ...rest,
    models: { ...abiModels, ...models },
    ...provider,
  });
}
