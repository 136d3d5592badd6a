import type { ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import { type BackendKind, type BackendPlugin, nnPluginName } from '@wasmedge-plugins/wasi-nn';
import {
  type AbiModel,
  type AbiOptions,
  abiCases,
  type CrateType,
  echoCases,
  nativeProbe,
} from '@wasmedge-plugins/wasi-nn/conformance';
import { type PyTorchOptions, pytorch, pytorchKind } from '../src/plugin.js';
import type { PyTorchSource } from '../src/source.js';
import { answerCases } from './cases/answers.js';
import { computingCases } from './cases/computing.js';
import { inputCases } from './cases/inputs.js';
import { loadingCases } from './cases/loading.js';
import { outputCases } from './cases/outputs.js';
import { modelBytes, modelUrl } from './drive/answers.js';
import { needLibtorch } from './drive/needs-libtorch.js';

/** TorchScript does not tell which inputs a model has, nor their types: a wrong one shows when it computes, and a case here says so. */
const refusesInput =
  'an input that the model does not have, or of another type, is refused and the others stay';

const model: AbiModel = { encoding: pytorchKind.backend.encoding, parts: () => [modelBytes('add')] };

/** What the cases ask for: this package's options, or those of the ABI's cases. */
type CaseOptions = PyTorchOptions & AbiOptions;

/** Makes the plug-in with one backend: `createBackendPlugin`, or one with a defect. */
export type Create = (
  kind: BackendKind<PyTorchSource>,
  options: PyTorchOptions,
) => BackendPlugin<PyTorchSource>;

/** What WASI-NN must do with models of PyTorch, on any engine and provider. */
export const suite: ConformanceSuite = {
  plugin: nnPluginName,
  title: 'WASI-NN on PyTorch',
  module: '@wasmedge-plugins/wasi-nn-pytorch/conformance',
  // From the source, and from the built file in `dist`.
  guests: new URL(import.meta.url.endsWith('.ts') ? './' : '../conformance/', import.meta.url),
  cases: needLibtorch([
    ...abiCases(model).filter(({ name }) => name !== refusesInput),
    ...echoCases(['f16', 'f32', 'f64', 'u8', 'i32', 'i64'], echoModels),
    ...answerCases,
    ...loadingCases,
    ...inputCases,
    ...computingCases,
    ...outputCases,
  ]),
  nativeProbe: nativeProbe(model),
  createPlugin: (setup) => createPlugin(setup),
};

/** A model that gives back its input, under the names of element types. */
function echoModels(types: readonly CrateType[]): CaseOptions {
  const source: PyTorchSource = { file: modelUrl('echo'), config: { outputTypes: 'own' } };
  return { models: Object.fromEntries(types.map((type) => [type, source])) };
}

/** Makes the plug-in that a case asks for; a test of the suite itself makes a broken one. */
export function createPlugin(
  { provider, nativePath, options }: ProviderSetup,
  create: Create = (_kind, given) => pytorch(given),
): BackendPlugin<PyTorchSource> {
  const { named = [], broken = [], models = {}, ...rest } = (options ?? {}) as CaseOptions;
  const abiModels = Object.fromEntries([
    ...named.map((name) => [name, { file: modelUrl('add') }]),
    ...broken.map((name) => [name, { file: modelUrl('no-forward') }]),
  ]);
  return create(pytorchKind, {
    guestModels: 'allow',
    ...rest,
    models: { ...abiModels, ...models },
    provider,
    nativePath,
  });
}
