import { strict as assert } from 'node:assert';
import { type CaseContext, type CaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import { type Tensor, tensorBytes } from '../../src/tensor.js';
import type { TensorType } from '../../src/tensor-type.js';
import type { AbiModel } from '../abi-model.js';
import { RawNn } from './raw-nn.js';

const place = {
  config: 600_000,
  name: 610_000,
  data: 620_000,
  dimensions: 700_000,
  record: 710_000,
  written: 720_000,
  output: 730_000,
};

/** Numbers of element types. Those of u8 and i32 are of 0.14, which WasmEdge's plug-in and the numbering `auto` understand. */
const numbers: Partial<Record<TensorType, number>> = { f16: 0, f32: 1, f64: 2, u8: 2, i32: 3, i64: 5 };

/** Whether a guest can pass elements of a type. */
export function isGuestType(type: TensorType): boolean {
  return numbers[type] !== undefined;
}

/** What a guest's loading of a model gave. */
export interface GuestGraph {
  /** The error code. */
  readonly errno: number;
  /** The handle of the graph, when the error code is 0. */
  readonly graph: number;
}

/** What a guest's making of a context gave. */
export interface GuestContext {
  /** The error code. */
  readonly errno: number;
  /** The handle of the context, when the error code is 0. */
  readonly execution: number;
}

/** What a guest got of an output. */
export interface GuestOutput {
  /** The error code. */
  readonly errno: number;
  /** The bytes that it was told were written; none when there is an error code. */
  readonly bytes: Uint8Array;
}

/** The guest that passes on any numbers, with models of one encoding and tensors laid out for it. */
export class ModelGuest {
  /** The guest itself. */
  readonly raw: RawNn;
  readonly #encoding: number;

  private constructor(raw: RawNn, encoding: number) {
    this.raw = raw;
    this.#encoding = encoding;
  }

  /**
   * The guest in a new runtime.
   *
   * @param model the model of the backend's suite.
   * @param plugin options of the case. Default: none.
   */
  static async create(context: CaseContext, model: AbiModel, plugin: object = {}): Promise<ModelGuest> {
    return ModelGuest.in(await context.createRuntime({ plugin }), model);
  }

  /**
   * The guest in a runtime that there is.
   *
   * @param model the model of the backend's suite.
   */
  static async in(runtime: CaseRuntime, model: AbiModel): Promise<ModelGuest> {
    return new ModelGuest(await RawNn.in(runtime, model), model.encoding);
  }

  /**
   * Loads a model from its bytes.
   *
   * @param target the code of the target. Default: 0, the processor.
   */
  async load(parts: readonly Uint8Array[], target = 0): Promise<GuestGraph> {
    const [builders, count] = await this.raw.storeModel(parts);
    const errno = await this.raw.exports.load(builders, count, this.#encoding, target, place.written);
    return { errno, graph: await this.raw.number(place.written) };
  }

  /**
   * Loads a model that the host has named.
   *
   * @param config its configuration. Default: none.
   */
  async loadByName(name: string, config = ''): Promise<GuestGraph> {
    const text = new TextEncoder().encode(config);
    await this.raw.store(place.name, new TextEncoder().encode(name));
    await this.raw.store(place.config, text);
    const errno = await this.raw.exports.load_by_name_with_config(
      place.name,
      name.length,
      place.config,
      text.length,
      place.written,
    );
    return { errno, graph: await this.raw.number(place.written) };
  }

  /** Makes a context of the graph with this handle. */
  async createContext(graph: number): Promise<GuestContext> {
    const errno = await this.raw.exports.init_execution_context(graph, place.written);
    return { errno, execution: await this.raw.number(place.written) };
  }

  /** Loads a model and makes a context of it; both must succeed. */
  async open(bytes: Uint8Array): Promise<number> {
    const { errno, graph } = await this.load([bytes]);
    assert.equal(errno, 0, 'load');
    const context = await this.createContext(graph);
    assert.equal(context.errno, 0, 'init_execution_context');
    return context.execution;
  }

  /**
   * The error code of `set_input`.
   *
   * @throws {InvalidArgumentError} for a tensor whose bytes were moved away.
   */
  async setInput(execution: number, index: number, tensor: Tensor): Promise<number> {
    const bytes = tensorBytes(tensor);
    const { type, shape } = tensor;
    await this.raw.store(place.data, bytes);
    await this.raw.storeNumbers(place.dimensions, ...shape);
    const number = numbers[type] as number;
    await this.raw.storeNumbers(
      place.record,
      place.dimensions,
      shape.length,
      number,
      place.data,
      bytes.length,
    );
    return this.raw.exports.set_input(execution, index, place.record);
  }

  /** Computes with these inputs in the context with this handle; all calls must succeed. */
  async run(execution: number, inputs: readonly Tensor[]): Promise<void> {
    await mapInOrder(inputs, async (tensor, index) => {
      assert.equal(await this.setInput(execution, index, tensor), 0, `set_input ${index}`);
    });
    assert.equal(await this.compute(execution), 0, 'compute');
  }

  /** The error code of `compute`. */
  compute(execution: number): Promise<number> {
    return this.raw.exports.compute(execution);
  }

  /**
   * Reads an output.
   *
   * @param size bytes of the guest's buffer. Default: 4096.
   */
  async output(execution: number, index: number, size = 4096): Promise<GuestOutput> {
    await this.raw.exports.fill(place.output, 0xaa, 4096);
    await this.raw.storeNumbers(place.written, 0xaaaa_aaaa);
    const errno = await this.raw.exports.get_output(execution, index, place.output, size, place.written);
    const length = errno === 0 ? await this.raw.number(place.written) : 0;
    return { errno, bytes: await this.raw.read(place.output, length) };
  }

  /** Whether the last {@link ModelGuest.output} wrote nothing. */
  async wroteNothing(): Promise<boolean> {
    const untouched = (await this.raw.read(place.output, 64)).every((byte) => byte === 0xaa);
    return untouched && (await this.raw.number(place.written)) === 0xaaaa_aaaa;
  }
}
