// What is used of the WebAssembly module of @litertjs/core, whose declarations name types of browsers.

/** An object of the module, which must be freed. */
export interface Deletable {
  delete(): void;
}

/** A list of the module. */
export interface Vector<Item> extends Deletable {
  size(): number;
  get(index: number): Item;
}

/** Element type and shape of a tensor. */
export interface RankedType extends Deletable {
  elementType(): { readonly value: number };
  layout(): Deletable & { dimensions(): Vector<number> };
  bytes(): number;
}

/** The memory of a tensor. */
export interface TensorBuffer extends Deletable {
  lock(mode: unknown): number;
  unlock(): void;
  packedSize(): number;
  tensorType(): RankedType;
}

/** Names of inputs and outputs. */
export interface Signature extends Deletable {
  inputNames(): Vector<string>;
  outputNames(): Vector<string>;
}

/** A model that was read. */
export interface WasmModel extends Deletable {
  getSignature(index: number): Signature;
  getInputTensorType(signature: number, index: number): RankedType;
  getOutputTensorType(signature: number, index: number): RankedType;
}

/** A model with tensors of its own. */
export interface WasmCompiledModel extends Deletable {
  run(signature: number, inputs: readonly TensorBuffer[]): TensorBuffer[] | Promise<TensorBuffer[]>;
}

/** The module. */
export interface LiteRtModule {
  readonly HEAPU8: Uint8Array;
  _malloc(length: number): number;
  _free(address: number): void;
  /** The stack pointer. */
  stackSave(): number;
  stackRestore(pointer: number): void;
  setupLogging(): void;
  readonly LiteRtEnvironment: { create(device: null): Deletable };
  loadModel(environment: Deletable, address: number, length: number): WasmModel;
  compileModel(
    environment: Deletable,
    model: WasmModel,
    options: { readonly accelerator: 'wasm'; readonly cpuOptions: { readonly numThreads: number } },
  ): WasmCompiledModel | Promise<WasmCompiledModel>;
  readonly LiteRtTensorBuffer: {
    createManaged(environment: Deletable, kind: unknown, type: RankedType, length: number): TensorBuffer;
  };
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: unknown };
  readonly LiteRtTensorBufferLockMode: { readonly READ: unknown; readonly WRITE: unknown };
}

/** Makes an instance of the module. */
export type LiteRtFactory = (options: {
  print(line: string): void;
  printErr(line: string): void;
}) => Promise<LiteRtModule>;
