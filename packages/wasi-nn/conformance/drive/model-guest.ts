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

/** The guest that passes on any numbers, with models of one encoding and tensors laid out for it. */
export class ModelGuest {
  readonly raw: RawNn;
  readonly #encoding: number;

  protected constructor(raw: RawNn, encoding: number) {
    this.raw = raw;
    this.#encoding = encoding;
  }

  /**
   * The guest in a new runtime.
   *
   * @param model the model of the backend's suite.
   * @param plugin options of the case.
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

  /** The error code of `load`, and the graph when it is 0. */
  async load(parts: readonly Uint8Array[], target = 0): Promise<{ errno: number; graph: number }> {
    const [builders, count] = await this.raw.storeModel(parts);
    const errno = await this.raw.exports.load(builders, count, this.#encoding, target, place.written);
    return { errno, graph: await this.raw.number(place.written) };
  }

  /** The same for a model that the host has named, with a configuration. */
  async loadByName(name: string, config = ''): Promise<{ errno: number; graph: number }> {
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

  /** The error code of `init_execution_context`, and the context when it is 0. */
  async createContext(graph: number): Promise<{ errno: number; execution: number }> {
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

  /** The error code of `set_input`. */
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

  /** Computes with these inputs; all calls must succeed. */
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

  /** The error code of `get_output`, and the bytes that it says it has written. */
  async output(execution: number, index: number, size = 4096): Promise<{ errno: number; bytes: Uint8Array }> {
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
