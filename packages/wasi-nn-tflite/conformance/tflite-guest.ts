import type { CaseContext, CaseRuntime } from '@wasmedge-plugins/conformance';
import { ModelGuest } from '@wasmedge-plugins/wasi-nn/conformance';
import type { TFLiteCaseOptions } from './case-options.js';
import { modelBytes } from './models.js';

const model = { encoding: 4, parts: () => [modelBytes('add')] };

/** The guest that passes on any numbers, with models of TensorFlow Lite. */
export const TFLiteGuest = {
  create: (context: CaseContext, plugin: TFLiteCaseOptions = {}): Promise<ModelGuest> =>
    ModelGuest.create(context, model, plugin),
  in: (runtime: CaseRuntime): Promise<ModelGuest> => ModelGuest.in(runtime, model),
};
