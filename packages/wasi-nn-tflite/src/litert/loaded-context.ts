import type { LiteRtInstance } from './instance.js';
import type { LiteRtAnswers } from './messages.js';
import { shapeOf } from './shape-of.js';
import type { RankedType, TensorBuffer, WasmCompiledModel } from './wasm-interface.js';

/** A context in the sandbox: the model with tensors of its own. */
export class LoadedContext {
  readonly #instance: LiteRtInstance;
  readonly #compiled: WasmCompiledModel;
  readonly #inputs: readonly TensorBuffer[];
  readonly #ended: () => void;

  constructor(
    instance: LiteRtInstance,
    compiled: WasmCompiledModel,
    types: readonly RankedType[],
    ended: () => void,
  ) {
    const { module, environment } = instance;
    this.#instance = instance;
    this.#compiled = compiled;
    this.#ended = ended;
    const hostMemory = module.LiteRtTensorBufferType.HOST_MEMORY;
    this.#inputs = types.map((type) => {
      const buffer = module.LiteRtTensorBuffer.createManaged(environment, hostMemory, type, type.bytes());
      type.delete();
      return buffer;
    });
  }

  compute(inputs: readonly Uint8Array[]): Promise<LiteRtAnswers['compute']> {
    return this.#instance.guard('busy', 'compute', async () => {
      this.#inputs.forEach((buffer, index) => {
        this.#write(buffer, inputs[index] as Uint8Array);
      });
      const buffers = await this.#compiled.run(0, this.#inputs);
      try {
        return this.#answer(buffers);
      } finally {
        for (const buffer of buffers) buffer.delete();
      }
    });
  }

  free(): void {
    if (this.#instance.broken) return;
    for (const buffer of this.#inputs) buffer.delete();
    this.#compiled.delete();
    this.#ended();
  }

  #answer(buffers: readonly TensorBuffer[]): LiteRtAnswers['compute'] {
    const shapes = buffers.map((buffer) => {
      const type = buffer.tensorType();
      const shape = shapeOf(type);
      type.delete();
      return shape;
    });
    const outputs = buffers.map((buffer, index) => [`output${index}`, this.#read(buffer)]);
    return { shapes, ...Object.fromEntries(outputs) };
  }

  #write(buffer: TensorBuffer, bytes: Uint8Array): void {
    const { HEAPU8, LiteRtTensorBufferLockMode: mode } = this.#instance.module;
    if (buffer.packedSize() !== bytes.byteLength) {
      throw new Error(`an input has ${buffer.packedSize()} bytes, and ${bytes.byteLength} were given`);
    }
    HEAPU8.set(bytes, buffer.lock(mode.WRITE));
    buffer.unlock();
  }

  #read(buffer: TensorBuffer): Uint8Array {
    const { HEAPU8, LiteRtTensorBufferLockMode: mode } = this.#instance.module;
    const address = buffer.lock(mode.READ);
    const bytes = HEAPU8.slice(address, address + buffer.packedSize());
    buffer.unlock();
    return bytes;
  }
}
