import { strict as assert } from 'node:assert';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import { type GuestMemory, type Runtime, signature } from '@wasmedge-plugins/core';
import {
  buildersSpace,
  type Tensor,
  tensorSpace,
  writeBuilders,
  writeTensor,
} from '@wasmedge-plugins/wasi-nn';
import { guestFile } from '@wasmedge-plugins/wasi-nn/conformance';
import type { PyTorchOptions } from '../../src/plugin.js';

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

const instantiate = (runtime: Runtime, guest: URL) => runtime.instantiate(guest, { exports: declared });

const resultPointer = 0;
const spacePointer = 64;
const pytorchEncoding = 3;

/** The exports of the guest `raw-calls` of WASI-NN's own suite, with tensors and models put into its memory. */
export class NnGuest {
  readonly exports: ReturnType<typeof instantiate>['exports'];
  readonly memory: GuestMemory;

  constructor(runtime: Runtime) {
    const { exports, memory } = instantiate(runtime, guestFile('raw-calls'));
    this.exports = exports;
    this.memory = memory as GuestMemory;
  }

  static async create(context: CaseContext, plugin: PyTorchOptions = {}): Promise<NnGuest> {
    return new NnGuest(await context.createRuntime({ plugin }));
  }

  /** The error code of `load`, and the number of the graph when it is 0. */
  load(parts: readonly Uint8Array[], target = 0): { errno: number; graph: number } {
    const builders = writeBuilders(this.memory, this.#space(buildersSpace(parts)), parts);
    const errno = this.exports.load(builders, parts.length, pytorchEncoding, target, resultPointer);
    return { errno, graph: this.memory.readU32(resultPointer) };
  }

  /** The same for a model that the host has named; with a configuration if there is one. */
  loadByName(name: string, config?: string): { errno: number; graph: number } {
    const nameBytes = Buffer.from(name);
    const configBytes = Buffer.from(config ?? '');
    this.memory.write(spacePointer, nameBytes);
    this.memory.write(spacePointer + nameBytes.length, configBytes);
    const errno = this.exports.load_by_name_with_config(
      spacePointer,
      nameBytes.length,
      spacePointer + nameBytes.length,
      configBytes.length,
      resultPointer,
    );
    return { errno, graph: this.memory.readU32(resultPointer) };
  }

  /** Makes a context of a graph. */
  createContext(graph: number): number {
    assert.equal(this.exports.init_execution_context(graph, resultPointer), 0);
    return this.memory.readU32(resultPointer);
  }

  /** Loads a model and makes a context of it. */
  open(bytes: Uint8Array): number {
    const { errno, graph } = this.load([bytes]);
    assert.equal(errno, 0);
    return this.createContext(graph);
  }

  /** The error code of `set_input`. */
  setInput(context: number, index: number, tensor: Tensor): number {
    return this.exports.set_input(context, index, this.writeTensor(tensor));
  }

  /** Puts a tensor's record into memory, with element types numbered as from WasmEdge 0.15 on. */
  writeTensor(tensor: Tensor): number {
    return writeTensor(this.memory, this.#space(tensorSpace(tensor)), tensor, '0.15');
  }

  /** Computes with these inputs; all calls must succeed. */
  run(context: number, inputs: readonly Tensor[]): void {
    inputs.forEach((tensor, index) => {
      assert.equal(this.setInput(context, index, tensor), 0, `set_input ${index}`);
    });
    assert.equal(this.exports.compute(context), 0, 'compute');
  }

  /** The error code of `get_output` and the bytes that were written. */
  output(context: number, index: number, size = 4096): { errno: number; bytes: Buffer } {
    const errno = this.exports.get_output(context, index, spacePointer, size, resultPointer);
    const written = errno === 0 ? this.memory.readU32(resultPointer) : 0;
    return { errno, bytes: Buffer.from(this.memory.read(spacePointer, written)) };
  }

  #space(length: number): { pointer: number; length: number } {
    assert.ok(spacePointer + length <= this.memory.byteLength, 'the guest has room');
    return { pointer: spacePointer, length };
  }
}
