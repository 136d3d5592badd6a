import type { RawTensor, TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { type AsyncExecutionContext, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { LiteRtInstance } from './instance.js';
import { shapeOf } from './shape-of.js';
import type { RankedType, TensorBuffer, WasmCompiledModel } from './wasm-interface.js';

/** A context in the sandbox: the model with tensors of its own. */
export class LiteRtContext implements AsyncExecutionContext {
  readonly outputCount: number;
  readonly #instance: LiteRtInstance;
  readonly #compiled: WasmCompiledModel;
  readonly #inputs: readonly TensorBuffer[];
  readonly #inputBytes: readonly number[];
  readonly #outputInfos: readonly TensorInfo[];
  readonly #ended: () => void;
  #outputs: readonly RawTensor[] = [];

  constructor(
    instance: LiteRtInstance,
    compiled: WasmCompiledModel,
    types: readonly RankedType[],
    outputs: readonly TensorInfo[],
    ended: () => void,
  ) {
    const { module, environment } = instance;
    this.#instance = instance;
    this.#compiled = compiled;
    this.#ended = ended;
    this.#outputInfos = outputs;
    this.outputCount = outputs.length;
    const hostMemory = module.LiteRtTensorBufferType.HOST_MEMORY;
    this.#inputs = types.map((type) => {
      const buffer = module.LiteRtTensorBuffer.createManaged(environment, hostMemory, type, type.bytes());
      type.delete();
      return buffer;
    });
    // Their sizes do not change, and every look into the sandbox takes its time.
    this.#inputBytes = this.#inputs.map((buffer) => buffer.packedSize());
  }

  setInput(index: number, { data }: RawTensor): void {
    this.#instance.guard('busy', 'accept an input', () => {
      const { HEAPU8, LiteRtTensorBufferLockMode: mode } = this.#instance.module;
      const buffer = this.#inputs[index] as TensorBuffer;
      if (this.#inputBytes[index] !== data.byteLength) {
        throw new Error(`an input has ${this.#inputBytes[index]} bytes, but ${data.byteLength} were given`);
      }
      HEAPU8.set(data, buffer.lock(mode.WRITE));
      buffer.unlock();
    });
  }

  async compute(): Promise<void> {
    this.#outputs = [];
    // Kept once it is known that nothing failed: the library gives outputs in any case.
    this.#outputs = await this.#instance.guardAsync('busy', 'compute', async () => {
      const buffers = await this.#compiled.run(0, this.#inputs);
      try {
        return buffers.map((buffer, index) => this.#read(buffer, this.#outputInfos[index]?.type));
      } finally {
        for (const buffer of buffers) buffer.delete();
      }
    });
  }

  output(index: number): RawTensor {
    const output = this.#outputs[index];
    if (output === undefined) throw new BackendFailure('runtime_error', 'Nothing has been computed yet.');
    return output;
  }

  free(): void {
    if (this.#instance.broken) return;
    for (const buffer of this.#inputs) buffer.delete();
    this.#compiled.delete();
    this.#ended();
  }

  /** A tensor that was computed; one of a type that WASI-NN does not have comes as its bytes. */
  #read(buffer: TensorBuffer, type: TensorInfo['type']): RawTensor {
    const ranked = buffer.tensorType();
    const shape = shapeOf(ranked);
    ranked.delete();
    const { HEAPU8, LiteRtTensorBufferLockMode: mode } = this.#instance.module;
    const address = buffer.lock(mode.READ);
    const data = HEAPU8.slice(address, address + buffer.packedSize());
    buffer.unlock();
    return type === undefined ? { type: 'u8', shape: [data.byteLength], data } : { type, shape, data };
  }
}
