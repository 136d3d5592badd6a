import type { TensorNumbering } from '@wasmedge-plugins/wasi-nn';
import { type AbiOptions, backendSuite, type CrateType } from '@wasmedge-plugins/wasi-nn/conformance';
import { openVINO } from '../src/plugin.js';
import { modelCases } from './cases/models.js';
import { echoModel, type ModelName, modelFiles, modelParts, noModel } from './models.js';
import { upstreamDifferences } from './upstream-differences.js';

/** What a case asks for besides the options of the suite of the guest ABI. */
interface OpenVINOCaseOptions extends AbiOptions {
  readonly tensorNumbering?: TensorNumbering;
  /** Models by the name that guests give. */
  readonly files?: Readonly<Record<string, ModelName>>;
  /** Element types under whose names there are to be models that give back their input. */
  readonly echo?: readonly CrateType[];
}

/** What OpenVINO behind WASI-NN must do, on any engine. */
export const suite = backendSuite<OpenVINOCaseOptions>({
  title: 'WASI-NN on OpenVINO',
  packageName: '@wasmedge-plugins/wasi-nn-openvino',
  from: import.meta.url,
  model: { encoding: 0, parts: () => modelParts('add') },
  echoModels: (echo) => ({ echo }),
  cases: modelCases,
  differences: upstreamDifferences,
  createPlugin(provider, { named = [], broken = [], files = {}, echo = [], tensorNumbering }) {
    const models = Object.fromEntries([
      ...named.map((name) => [name, modelFiles('add')]),
      ...Object.entries(files).map(([name, file]) => [name, modelFiles(file)]),
      ...echo.map((type) => [type, echoModel(type)]),
      ...broken.map((name) => [name, noModel]),
    ]);
    return openVINO({ ...provider, models, tensorNumbering, guestModels: 'allow' });
  },
});
