import { type GuestMemory, InvalidArgumentError, type Runtime, signature } from '@wasmedge-plugins/core';
import type { ExecutionContext, ExecutionTarget, Graph, RawTensor } from '../backend.js';
import { loadTargets } from '../encoding.js';
import { NnError } from '../errors.js';
import { buildersSpace, tensorSpace, writeBuilders, writeTensor } from '../guest-records.js';
import { packageFile } from '../kit/package-file.js';
import type { ModelDefinition } from '../model-definition.js';
import { NnErrno, type NnErrnoName } from '../nn-errno.js';
import { elementCount, tensorFromBytes } from '../tensor.js';
import { elementSize } from '../tensor-type.js';

const declared = {
  load: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
  init_execution_context: signature(['i32', 'i32'], ['i32']),
  set_input: signature(['i32', 'i32', 'i32'], ['i32']),
  compute: signature(['i32'], ['i32']),
  get_output: signature(['i32', 'i32', 'i32', 'i32', 'i32'], ['i32']),
} as const;

const guestFile = () =>
  packageFile({
    package: '@wasmedge-plugins/wasi-nn',
    from: import.meta.url,
    built: '../conformance/session-guest.wasm',
    source: '../../conformance/session-guest.wasm',
  });

const pytorchEncoding = 3;

/** Where results that are numbers go; everything else lies behind. */
const resultPointer = 0;
const spacePointer = 16;

/** A model that a guest of our own has loaded through the plug-in of its runtime. */
export class GuestGraph implements Graph {
  readonly inputs = undefined;
  readonly outputs = undefined;
  readonly #exports;
  readonly #memory: GuestMemory;
  readonly #graph: number;
  readonly #numbering: '0.14' | '0.15';
  /** Whether outputs of a computation are appended to those of earlier ones, as WasmEdge's plug-in with PyTorch does. */
  readonly #outputsPileUp: boolean;
  readonly #outputs: readonly { readonly type: RawTensor['type']; readonly shape: readonly number[] }[];

  constructor(
    runtime: Runtime,
    encoding: number,
    parts: readonly Uint8Array[],
    target: ExecutionTarget,
    model: ModelDefinition,
  ) {
    const targetNumber = loadTargets.indexOf(target);
    if (targetNumber === -1) {
      throw new InvalidArgumentError(
        `A guest cannot load a model for the target ${target}; use cpu, gpu or tpu.`,
      );
    }
    const { exports, memory } = runtime.instantiate(guestFile(), { exports: declared });
    this.#exports = exports;
    this.#memory = memory as GuestMemory;
    const version = runtime.report().library?.version ?? '';
    this.#numbering = version.startsWith('0.14.') ? '0.14' : '0.15';
    this.#outputsPileUp = encoding === pytorchEncoding;
    this.#outputs = Object.values(model.outputs);
    const builders = writeBuilders(this.#memory, this.#space(buildersSpace(parts)), parts);
    check('load', exports.load(builders, parts.length, encoding, targetNumber, resultPointer));
    this.#graph = this.#memory.readU32(resultPointer);
  }

  createContext(): ExecutionContext {
    check('init_execution_context', this.#exports.init_execution_context(this.#graph, resultPointer));
    const id = this.#memory.readU32(resultPointer);
    let stored = 0;
    let first = 0;
    const compute = () => {
      check('compute', this.#exports.compute(id));
      if (!this.#outputsPileUp) return;
      const before = stored;
      stored = this.#countOutputs(id, before);
      first = stored > before ? before : 0;
    };
    return {
      onShortBuffer: 'error',
      outputCount: this.#outputs.length,
      setInput: (index, tensor) => this.#setInput(id, index, tensor),
      compute,
      computeAsync: async () => compute(),
      output: (index) => this.#output(id, index, first),
      [Symbol.dispose]() {},
    };
  }

  // The plug-in frees the model with the runtime, which the session owns.
  [Symbol.dispose](): void {}

  #setInput(id: number, index: number, { type, shape, data }: RawTensor): void {
    const tensor = tensorFromBytes(type, shape, data);
    const record = writeTensor(this.#memory, this.#space(tensorSpace(tensor)), tensor, this.#numbering);
    check('set_input', this.#exports.set_input(id, index, record));
  }

  /** How many outputs a context has stored; at least as many as it had before. A buffer without room gets nothing written. */
  #countOutputs(id: number, before: number): number {
    let count = before;
    while (this.#exports.get_output(id, count, spacePointer, 0, resultPointer) === NnErrno.success) count++;
    return count;
  }

  #output(id: number, index: number, first: number): RawTensor {
    const output = this.#outputs[index];
    if (output === undefined) throw new NnError('invalid_argument', `There is no output ${index}.`);
    const length = elementCount(output.shape) * elementSize[output.type];
    const { pointer } = this.#space(length);
    check('get_output', this.#exports.get_output(id, first + index, pointer, length, resultPointer));
    const written = this.#memory.readU32(resultPointer);
    if (written !== length) {
      throw new NnError(
        'runtime_error',
        `The output ${index} has ${written} bytes, but its definition ${length}.`,
      );
    }
    return { ...output, data: this.#memory.read(pointer, length) };
  }

  /** Memory for the arguments of one call. */
  #space(length: number): { pointer: number; length: number } {
    const missing = spacePointer + length - this.#memory.byteLength;
    if (missing > 0 && this.#memory.grow(Math.ceil(missing / 65_536)) === -1) {
      throw new NnError('too_large', `The guest's memory cannot take ${length} bytes.`);
    }
    return { pointer: spacePointer, length };
  }
}

function check(name: string, errno: number): void {
  if (errno === NnErrno.success) return;
  const known = Object.entries(NnErrno).find(([, number]) => number === errno)?.[0] as
    | NnErrnoName
    | undefined;
  throw new NnError(known ?? 'runtime_error', `The native plug-in returned ${known ?? errno} from ${name}.`);
}
