import { strict as assert } from 'node:assert';
import { type CaseContext, type CaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import { type DeclaredPlacedExports, signature } from '@wasmedge-plugins/core';
import { nnSignatures } from '../../src/abi.js';
import type { AbiModel } from '../abi-model.js';
import { guestFile } from '../guest-file.js';

/** Bytes of the guest's memory. */
export const memorySize = 1 << 20;

/** Where the guest keeps what it passes on; each place is out of the others' way. */
export const place = {
  result: 16,
  record: 32,
  dimensions: 64,
  data: 256,
  output: 4096,
  builders: 8192,
  parts: 16_384,
};

const { finalize_execution_context, ...signatures014 } = nnSignatures;
const declared = {
  ...signatures014,
  store: signature(['i32', 'i64', 'i32'], []),
  load_byte: signature(['i32'], ['i32']),
  load_number: signature(['i32'], ['i32']),
  fill: signature(['i32', 'i32', 'i32'], []),
  grow: signature(['i32'], ['i32']),
} as const;
const declared015 = { ...declared, finalize_execution_context } as const;

/** What the guest `raw-calls` has besides the functions of WASI-NN: they reach its memory. */
export interface RawMemory {
  /** Stores the lowest `count` bytes of a number at an offset. */
  store(offset: number, number: bigint, count: number): Promise<void>;
  /** The byte at an offset, 0 to 255. */
  load_byte(offset: number): Promise<number>;
  /** The integer of 32 bits at an offset, signed. */
  load_number(offset: number): Promise<number>;
  /** Fills `count` bytes from an offset on with one byte. */
  fill(offset: number, byte: number, count: number): Promise<void>;
  /** Grows the memory by so many pages of 64 KiB; the size before, in pages, or -1. */
  grow(pages: number): Promise<number>;
}

/** The functions of the guest `raw-calls`. */
export type RawExports = DeclaredPlacedExports<typeof nnSignatures> & RawMemory;

interface RawInstance extends AsyncDisposable {
  readonly exports: RawExports;
  writeMemory(pointer: number, bytes: Uint8Array): Promise<void>;
  readMemory(pointer: number, length: number): Promise<Uint8Array>;
}

/** Bytes that the guest stores itself, one number after another; more of them the host writes at once. */
const fewBytes = 4096;

/** The guest with all functions, or with those that WasmEdge 0.14 has: a guest that imports another is refused there. */
async function instantiate(runtime: CaseRuntime): Promise<RawInstance> {
  try {
    return await runtime.instantiate(guestFile('raw-calls-0-15'), { exports: declared015 });
  } catch {
    const instance = await runtime.instantiate(guestFile('raw-calls'), { exports: declared });
    const refuse = async () => assert.fail('the plug-in has no finalize_execution_context');
    const exports = { ...instance.exports, finalize_execution_context: refuse };
    return {
      exports,
      writeMemory: (pointer, bytes) => instance.writeMemory(pointer, bytes),
      readMemory: (pointer, length) => instance.readMemory(pointer, length),
      [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose](),
    };
  }
}

/** The guest `raw-calls`, which passes on any numbers, and helpers that lay out what its calls need. */
export class RawNn implements AsyncDisposable {
  /** The functions of the guest, which check nothing. */
  readonly exports: RawExports;
  /** The model of the backend that is looked at. */
  readonly model: AbiModel;

  readonly #instance: RawInstance;
  /** How many graphs were loaded. */
  #loaded = 0;

  private constructor(instance: RawInstance, model: AbiModel) {
    this.#instance = instance;
    this.exports = instance.exports;
    this.model = model;
  }

  /** Ends the guest. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#instance[Symbol.asyncDispose]();
  }

  /** Instantiates the guest in a runtime that has the plug-in. */
  static async in(runtime: CaseRuntime, model: AbiModel): Promise<RawNn> {
    return new RawNn(await instantiate(runtime), model);
  }

  /** Makes a runtime for a case, with these options of the plug-in, and the guest in it. Default: no options. */
  static async create(context: CaseContext, model: AbiModel, options: object = {}): Promise<RawNn> {
    return RawNn.in(await context.createRuntime({ plugin: options }), model);
  }

  /** Lets the guest store bytes at an offset of its memory. */
  async store(offset: number, bytes: Uint8Array): Promise<void> {
    if (bytes.length > fewBytes) return this.#instance.writeMemory(offset, bytes);
    for (let start = 0; start < bytes.length; start += 8) {
      const piece = bytes.subarray(start, start + 8);
      const number = piece.reduceRight((total, byte) => (total << 8n) | BigInt(byte), 0n);
      await this.exports.store(offset + start, number, piece.length);
    }
  }

  /** Lets the guest store integers of 32 bits, one behind the other, at an offset of its memory. */
  async storeNumbers(offset: number, ...numbers: readonly number[]): Promise<void> {
    await this.store(offset, new Uint8Array(Uint32Array.from(numbers).buffer));
  }

  /** Lets the guest tell `length` bytes at an offset of its memory. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    if (length > fewBytes) return this.#instance.readMemory(offset, length);
    const bytes = await mapInOrder(Array.from({ length }), (_, index) =>
      this.exports.load_byte(offset + index),
    );
    return Uint8Array.from(bytes);
  }

  /** The integer of 32 bits at an offset of the guest's memory. Default: where functions put their result. */
  async number(offset = place.result): Promise<number> {
    return (await this.exports.load_number(offset)) >>> 0;
  }

  /** The floats of 32 bits at an offset of the guest's memory. */
  async floats(offset: number, count: number): Promise<number[]> {
    return [...new Float32Array((await this.read(offset, count * 4)).slice().buffer)];
  }

  /** Lays the model out; returns what `load` is to be told of it: the offset of the builders, and how many there are. Default: the model of the case. */
  async storeModel(parts = this.model.parts()): Promise<[builders: number, count: number]> {
    let offset = place.parts;
    await mapInOrder(parts, async (part, index) => {
      await this.store(offset, part);
      await this.storeNumbers(place.builders + index * 8, offset, part.length);
      offset += part.length;
    });
    return [place.builders, parts.length];
  }

  /** Loads the model of the case; returns the handle of the graph, which is another one each time. */
  async loadModel(parts = this.model.parts()): Promise<number> {
    const name = this.model.names?.[this.#loaded++];
    if (name !== undefined) {
      const [pointer, length] = await this.storeName(name);
      assert.equal(await this.exports.load_by_name(pointer, length, place.result), 0, 'load_by_name');
      return this.number();
    }
    const [builders, count] = await this.storeModel(parts);
    assert.equal(await this.exports.load(builders, count, this.model.encoding, 0, place.result), 0, 'load');
    return this.number();
  }

  /**
   * Makes a context of the graph with this handle; returns the handle of the context.
   *
   * @throws {AssertionError} when the plug-in refuses.
   */
  async createContext(graph: number): Promise<number> {
    assert.equal(await this.exports.init_execution_context(graph, place.result), 0, 'init_execution_context');
    return this.number();
  }

  /**
   * Lays a tensor out; returns the pointer to its record.
   *
   * @param shape its dimensions. Default: [2, 3].
   * @param type the code of its element type. Default: 1, which is f32.
   */
  async storeTensor(values: readonly number[], shape: readonly number[] = [2, 3], type = 1): Promise<number> {
    await this.store(place.data, new Uint8Array(Float32Array.from(values).buffer));
    await this.storeNumbers(place.dimensions, ...shape);
    await this.storeNumbers(
      place.record,
      place.dimensions,
      shape.length,
      type,
      place.data,
      values.length * 4,
    );
    return place.record;
  }

  /** Gives an input to the context with this handle; returns the errno. */
  async setInput(context: number, index: number, values: readonly number[]): Promise<number> {
    return this.exports.set_input(context, index, await this.storeTensor(values));
  }

  /**
   * The sum that the context with this handle computes of two tensors.
   *
   * @throws {AssertionError} when the plug-in refuses.
   */
  async add(context: number, a: readonly number[], b: readonly number[]): Promise<number[]> {
    assert.equal(await this.setInput(context, 0, a), 0, 'set_input 0');
    assert.equal(await this.setInput(context, 1, b), 0, 'set_input 1');
    assert.equal(await this.exports.compute(context), 0, 'compute');
    return this.output(context);
  }

  /**
   * The output of the context with this handle: six floats.
   *
   * @throws {AssertionError} when the plug-in refuses, or gives another number of bytes.
   */
  async output(context: number): Promise<number[]> {
    assert.equal(await this.exports.get_output(context, 0, place.output, 24, place.result), 0, 'get_output');
    assert.equal(await this.number(), 24, 'the size of the output');
    return this.floats(place.output, 6);
  }

  /** Lets the guest store a name; returns pointer and length. */
  async storeName(name: string): Promise<[pointer: number, length: number]> {
    const bytes = new TextEncoder().encode(name);
    await this.store(place.data, bytes);
    return [place.data, bytes.length];
  }
}
