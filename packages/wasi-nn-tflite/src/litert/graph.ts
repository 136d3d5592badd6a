import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { AsyncGraph } from '@wasmedge-plugins/wasi-nn/kit/async';
import { contextBytes } from '../context-bytes.js';
import { typeOf } from '../library/element-types.js';
import { LiteRtContext } from './execution-context.js';
import type { LiteRtInstance } from './instance.js';
import { shapeOf, takeItems } from './shape-of.js';
import { removeSignatures } from './signatures.js';
import type { RankedType, WasmModel } from './wasm-interface.js';

/** A model in the sandbox. */
export class LiteRtGraph implements AsyncGraph {
  /** What a computation changes is in its context. */
  readonly isShareable = true;
  readonly #instance: LiteRtInstance;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #address: number;
  readonly #model: WasmModel;
  #users = 1;

  static load(instance: LiteRtInstance, bytes: Uint8Array): LiteRtGraph {
    return instance.guard('invalid_argument', 'read the model', () => {
      const tensors = contextBytes(bytes);
      removeSignatures(bytes);
      const { module, environment } = instance;
      const address = module._malloc(bytes.byteLength);
      if (address === 0) throw new Error('its memory is full');
      module.HEAPU8.set(bytes, address);
      try {
        return new LiteRtGraph(
          instance,
          address,
          tensors,
          module.loadModel(environment, address, bytes.byteLength),
        );
      } catch (error) {
        module._free(address);
        throw error;
      }
    });
  }

  private constructor(
    instance: LiteRtInstance,
    address: number,
    readonly contextBytes: number | undefined,
    model: WasmModel,
  ) {
    this.#instance = instance;
    this.#address = address;
    this.#model = model;
    const signature = model.getSignature(0);
    this.inputs = takeItems(signature.inputNames()).map((name, index) =>
      describe(name, index, model.getInputTensorType(0, index)),
    );
    this.outputs = takeItems(signature.outputNames()).map((name, index) =>
      describe(name, index, model.getOutputTensorType(0, index)),
    );
    signature.delete();
  }

  createContext(): Promise<LiteRtContext> {
    const { module, environment } = this.#instance;
    return this.#instance.guardAsync('busy', 'prepare the model', async () => {
      const options = { accelerator: 'wasm', cpuOptions: { numThreads: 1 } } as const;
      const compiled = await module.compileModel(environment, this.#model, options);
      const types = this.inputs.map((_, index) => this.#model.getInputTensorType(0, index));
      this.#users++;
      return new LiteRtContext(this.#instance, compiled, types, this.outputs, () => this.free());
    });
  }

  /** Frees the model when no context uses it any more. */
  free(): void {
    this.#users--;
    if (this.#users > 0 || this.#instance.broken) return;
    this.#model.delete();
    this.#instance.module._free(this.#address);
  }
}

function describe(name: string, index: number, type: RankedType): TensorInfo {
  const info = { name: name || `${index}`, type: typeOf(type.elementType().value), shape: shapeOf(type) };
  type.delete();
  return info;
}
