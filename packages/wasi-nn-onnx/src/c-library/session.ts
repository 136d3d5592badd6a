import { NativeArea } from '@wasmedge-plugins/core/native';
import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { describeInput } from '../describe-port.js';
import type { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import { readPorts } from './ports.js';
import { createSession, type ExternalFile, type LoadSettings } from './session-options.js';

/** A session of the library, with the names of its inputs and outputs as the library takes them. It is freed with the last of its users, which are a graph and its contexts. */
export class OnnxSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly address: number;
  /** Pointers to the names. */
  readonly inputNames: NativeArea;
  readonly outputNames: NativeArea;
  readonly #library: OnnxRuntimeLibrary;
  readonly #texts: readonly number[];
  #users = 1;

  /** @throws {NnError} `invalid_argument` for a model that cannot be loaded. */
  static load(
    library: OnnxRuntimeLibrary,
    model: Uint8Array,
    settings: LoadSettings,
    files: readonly ExternalFile[],
    shapeless: ReadonlySet<string>,
  ): OnnxSession {
    const address = createSession(library, model, settings, files);
    try {
      return new OnnxSession(library, address, shapeless);
    } catch (error) {
      library.c.freeSession(address);
      throw error;
    }
  }

  private constructor(library: OnnxRuntimeLibrary, address: number, shapeless: ReadonlySet<string>) {
    const { c } = library;
    this.#library = library;
    this.address = address;
    const inputs = readPorts(library, address, [c.inputCount, c.inputName, c.inputType], shapeless);
    const outputs = readPorts(library, address, [c.outputCount, c.outputName, c.outputType], shapeless);
    this.inputs = inputs.infos.map(describeInput);
    this.outputs = outputs.infos;
    this.#texts = [...inputs.names, ...outputs.names];
    this.inputNames = pointers(inputs.names);
    this.outputNames = pointers(outputs.names);
  }

  retain(): void {
    this.#users++;
  }

  release(): void {
    this.#users--;
    if (this.#users > 0) return;
    const { c, allocator } = this.#library;
    c.freeSession(this.address);
    for (const text of this.#texts) c.freeText(allocator, text);
    this.inputNames[Symbol.dispose]();
    this.outputNames[Symbol.dispose]();
  }
}

function pointers(addresses: readonly number[]): NativeArea {
  const area = new NativeArea(addresses.length * 8);
  area.u64.set(addresses.map(BigInt));
  return area;
}
