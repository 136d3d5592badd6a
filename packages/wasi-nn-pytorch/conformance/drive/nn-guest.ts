import { strict as assert } from 'node:assert';
import { type CaseContext, type CaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import { GuestMemory, signature } from '@wasmedge-plugins/core';
import {
  buildersSpace,
  type Tensor,
  tensorSpace,
  writeBuilders,
  writeTensor,
} from '@wasmedge-plugins/wasi-nn';
import { guestFile } from '@wasmedge-plugins/wasi-nn/conformance';
import type { PyTorchOptions } from '../../src/plugin.js';
import { CopiedMemory } from './copied-memory.js';

const declared = {
  load: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  load_by_name: signature(['i32', 'i32', 'i32'], ['i32']),
  load_by_name_with_config: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  init_execution_context: signature(['i32', 'i32'], ['i32']),
  set_input: signature(['i32', 'i32', 'i32'], ['i32']),
  compute: signature(['i32'], ['i32']),
  get_output: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  unload: signature(['i32'], ['i32']),
} as const;

const instantiate = (runtime: CaseRuntime, guest: URL) => runtime.instantiate(guest, { exports: declared });

const resultPointer = 0;
const spacePointer = 64;
const pytorchEncoding = 3;
const memorySize = 1 << 20;

type NnInstance = Awaited<ReturnType<typeof instantiate>>;

/** The exports of the guest `raw-calls` of WASI-NN's own suite, with tensors and models put into its memory. */
export class NnGuest {
  readonly exports: NnInstance['exports'];
  readonly memory: CopiedMemory;

  private constructor(instance: NnInstance) {
    this.exports = instance.exports;
    this.memory = new CopiedMemory(instance);
  }

  static async create(context: CaseContext, plugin: PyTorchOptions = {}): Promise<NnGuest> {
    return NnGuest.in(await context.createRuntime({ plugin }));
  }

  /** The guest in a runtime that there is. */
  static async in(runtime: CaseRuntime): Promise<NnGuest> {
    return new NnGuest(await instantiate(runtime, guestFile('raw-calls')));
  }

  /** The error code of `load`, and the number of the graph when it is 0. */
  async load(parts: readonly Uint8Array[], target = 0): Promise<{ errno: number; graph: number }> {
    const builders = await this.#write(buildersSpace(parts), (memory, space) =>
      writeBuilders(memory, space, parts),
    );
    const errno = await this.exports.load(builders, parts.length, pytorchEncoding, target, resultPointer);
    return { errno, graph: await this.memory.readU32(resultPointer) };
  }

  /** The same for a model that the host has named; with a configuration if there is one. */
  async loadByName(name: string, config?: string): Promise<{ errno: number; graph: number }> {
    const nameBytes = Buffer.from(name);
    const configBytes = Buffer.from(config ?? '');
    await this.memory.write(spacePointer, nameBytes);
    await this.memory.write(spacePointer + nameBytes.length, configBytes);
    const errno = await this.exports.load_by_name_with_config(
      spacePointer,
      nameBytes.length,
      spacePointer + nameBytes.length,
      configBytes.length,
      resultPointer,
    );
    return { errno, graph: await this.memory.readU32(resultPointer) };
  }

  /** Makes a context of a graph. */
  async createContext(graph: number): Promise<number> {
    assert.equal(await this.exports.init_execution_context(graph, resultPointer), 0);
    return this.memory.readU32(resultPointer);
  }

  /** Loads a model and makes a context of it. */
  async open(bytes: Uint8Array): Promise<number> {
    const { errno, graph } = await this.load([bytes]);
    assert.equal(errno, 0);
    return this.createContext(graph);
  }

  /** The error code of `set_input`. */
  async setInput(context: number, index: number, tensor: Tensor): Promise<number> {
    return this.exports.set_input(context, index, await this.writeTensor(tensor));
  }

  /** Puts a tensor's record into memory, with element types numbered as from WasmEdge 0.15 on. */
  writeTensor(tensor: Tensor): Promise<number> {
    return this.#write(tensorSpace(tensor), (memory, space) => writeTensor(memory, space, tensor, '0.15'));
  }

  /** Computes with these inputs; all calls must succeed. */
  async run(context: number, inputs: readonly Tensor[]): Promise<void> {
    await mapInOrder(inputs, async (tensor, index) => {
      assert.equal(await this.setInput(context, index, tensor), 0, `set_input ${index}`);
    });
    assert.equal(await this.exports.compute(context), 0, 'compute');
  }

  /** The error code of `get_output` and the bytes that were written. */
  async output(context: number, index: number, size = 4096): Promise<{ errno: number; bytes: Buffer }> {
    const errno = await this.exports.get_output(context, index, spacePointer, size, resultPointer);
    const written = errno === 0 ? await this.memory.readU32(resultPointer) : 0;
    return { errno, bytes: Buffer.from(await this.memory.read(spacePointer, written)) };
  }

  /** Lets a function write into a memory like the guest's, and copies what it has written. */
  async #write<Result>(
    length: number,
    write: (memory: GuestMemory, space: { pointer: number; length: number }) => Result,
  ): Promise<Result> {
    const end = spacePointer + length;
    assert.ok(end <= memorySize, 'the guest has room');
    const buffer = new ArrayBuffer(memorySize);
    const memory = new GuestMemory({ buffer: () => buffer, grow: () => -1, lend() {} });
    const result = write(memory, { pointer: spacePointer, length });
    await this.memory.write(spacePointer, new Uint8Array(buffer, spacePointer, length));
    return result;
  }
}
