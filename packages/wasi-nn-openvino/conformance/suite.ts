import type { ConformanceSuite } from '@wasmedge-plugins/conformance';
import type { TensorNumbering } from '@wasmedge-plugins/wasi-nn';
import {
  type AbiModel,
  type AbiOptions,
  abiCases,
  type CrateType,
  echoCases,
  guestFile,
  nativeProbe,
  withDifferences,
} from '@wasmedge-plugins/wasi-nn/conformance';
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

const model: AbiModel = { encoding: 0, parts: () => modelParts('add') };

/** What OpenVINO behind WASI-NN must do, on any engine. */
export const suite: ConformanceSuite = {
  plugin: 'wasi_nn',
  title: 'WASI-NN on OpenVINO',
  module: '@wasmedge-plugins/wasi-nn-openvino/conformance',
  guests: new URL('./', guestFile('raw-calls')),
  cases: withDifferences(
    [
      ...abiCases(model),
      ...echoCases(['f16', 'f32', 'f64', 'u8', 'i32', 'i64'], (echo) => ({ echo })),
      ...modelCases,
    ],
    upstreamDifferences,
  ),
  nativeProbe: nativeProbe(model),
  createPlugin({ provider, nativePath, options }) {
    const given = (options ?? {}) as OpenVINOCaseOptions;
    const { named = [], broken = [], files = {}, echo = [], tensorNumbering } = given;
    const models = Object.fromEntries([
      ...named.map((name) => [name, modelFiles('add')]),
      ...Object.entries(files).map(([name, file]) => [name, modelFiles(file)]),
      ...echo.map((type) => [type, echoModel(type)]),
      ...broken.map((name) => [name, noModel]),
    ]);
    return openVINO({ provider, nativePath, models, tensorNumbering, guestModels: 'allow' });
  },
};
