import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { type AsyncGraph, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { InferenceSession } from 'onnxruntime-common';
import { describeInput } from '../describe-port.js';
import { ModelReader } from '../model/model-reader.js';
import type { ONNXConfig, ONNXOptimization } from '../source.js';
import { WebContext } from './execution-context.js';
import type { OnnxRuntimeWeb } from './instance.js';
import { typeNamed } from './type-names.js';

const levels = {
  none: 'disabled',
  basic: 'basic',
  extended: 'extended',
  all: 'all',
} as const satisfies Readonly<
  Record<ONNXOptimization, InferenceSession.SessionOptions['graphOptimizationLevel']>
>;

/** A model in the sandbox. */
export class WebGraph implements AsyncGraph {
  /** A computation changes nothing in a session. */
  readonly isShareable = true;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #instance: OnnxRuntimeWeb;
  readonly #session: InferenceSession;
  #users = 1;

  static async load(
    instance: OnnxRuntimeWeb,
    [model, ...contents]: readonly Uint8Array[],
    { optimization = 'all' }: ONNXConfig,
  ): Promise<WebGraph> {
    const reader = new ModelReader(model as Uint8Array);
    const { inputs, outputs } = reader.ports();
    if (outputs.some(({ name }) => name === '__proto__')) {
      // It keeps outputs in an object, where this one is not found again.
      throw new BackendFailure(
        'unsupported_operation',
        'The model has an output with the name __proto__, which onnxruntime-web loses; give it another.',
      );
    }
    const { files } = reader.externalData();
    const session = await instance.guard('invalid_argument', 'load the model', () =>
      instance.ort.InferenceSession.create(model as Uint8Array, {
        executionProviders: ['wasm'],
        graphOptimizationLevel: levels[optimization],
        logSeverityLevel: 4,
        // Otherwise it would take one with the mark of its own format for one of that.
        extra: { session: { load_model_format: 'ONNX' } },
        externalData: contents.map((data, index) => ({ path: files[index] as string, data })),
      }),
    );
    const shapeless = [...inputs, ...outputs].filter(({ shape }) => shape === undefined);
    return new WebGraph(instance, session, new Set(shapeless.map(({ name }) => name)));
  }

  private constructor(instance: OnnxRuntimeWeb, session: InferenceSession, shapeless: ReadonlySet<string>) {
    this.#instance = instance;
    this.#session = session;
    const describe = (metadata: InferenceSession.ValueMetadata): TensorInfo => {
      const { name } = metadata;
      if (!metadata.isTensor) return { name, type: undefined, shape: undefined };
      const shape = metadata.shape.map((length) => (typeof length === 'number' ? length : -1));
      return { name, type: typeNamed(metadata.type), shape: shapeless.has(name) ? undefined : shape };
    };
    this.inputs = session.inputMetadata.map(describe).map(describeInput);
    this.outputs = session.outputMetadata.map(describe);
  }

  createContext(): WebContext {
    this.#users++;
    return new WebContext(this.#instance, this.#session, this, () => this.free());
  }

  /** Frees the model when no context uses it any more. */
  async free(): Promise<void> {
    this.#users--;
    if (this.#users > 0 || this.#instance.broken) return;
    await this.#instance.guard('runtime_error', 'free the model', () => this.#session.release());
  }
}
