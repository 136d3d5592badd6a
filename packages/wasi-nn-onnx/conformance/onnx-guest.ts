import type { CaseContext, CaseRuntime } from '@wasmedge-plugins/conformance';
import { ModelGuest } from '@wasmedge-plugins/wasi-nn/conformance';
import type { ONNXCaseOptions } from './case-options.js';
import { modelBytes } from './models.js';

/** The model of the cases that every backend has. */
export const abiModel = { encoding: 1, parts: () => [modelBytes('add')] };

/** The guest that passes on any numbers, with models of ONNX. */
export const ONNXGuest = {
  create: (context: CaseContext, plugin: ONNXCaseOptions = {}): Promise<ModelGuest> =>
    ModelGuest.create(context, abiModel, plugin),
  in: (runtime: CaseRuntime): Promise<ModelGuest> => ModelGuest.in(runtime, abiModel),
};
