import type { GuestMemory, NativeModule } from '@wasmedge-plugins/core';
import { tensorRecordSize } from '../embedded/guest-tensor.js';
import { MemoryBudget } from '../embedded/memory-budget.js';
import { NnError } from '../errors.js';
import { buildersSpace, writeBuilders } from '../guest-records.js';
import { NnErrno } from '../nn-errno.js';
import { defaultLimits, type NnLimits } from '../nn-limits.js';
import { argumentPlace, GuardedCalls, resultPlace } from './guarded-calls.js';

const encoding = { openVino: 0, tensorFlowLite: 4 };

/** A further graph of TensorFlow Lite invalidates the earlier ones. */
const maxTensorFlowLiteGraphs = 16;

/** More than any model has; libtorch's list of inputs grows to the index that a guest gives. */
const maxInputs = 1024;

/** Up to 0.14.1 OpenVINO reads a picture of 224 by 224 pixels, whatever it is given. */
const pictureBytes = 224 * 224 * 3 * 4;

/** OpenVINO writes all of an output, whatever the length of the buffer. It is address space; memory is what is written. */
const overrunBytes = 16 * 2 ** 20;

/** What each context costs besides its tensors. */
const contextOverhead = 16 * 1024;

/** What a native plug-in answers to a load. */
export interface LoadedNatively {
  readonly errno: number;
  readonly graph: number;
}

/** A context, and where its calls are made. */
export interface GuardedContext {
  readonly calls: GuardedCalls;
  readonly inputs: Map<number, number>;
  /** The end of what must stay where it is: OpenVINO reads inputs when it computes. */
  kept: number;
}

/** Graphs, contexts and names that all guests have of a native plug-in, as far as its guard has seen them made. */
export class GuardedState {
  readonly #module: NativeModule;
  readonly #encoding: number;
  readonly #limits: NnLimits;
  readonly #graphsAtOnce: number;
  readonly #budget: MemoryBudget;
  /** The graphs that there are, and whether their contexts may lack tensors. */
  readonly #graphs = new Map<number, boolean>();
  readonly #contexts = new Map<number, GuardedContext>();
  readonly #named = new Map<string, LoadedNatively>();
  #madeContexts = 0;
  #shared: GuardedCalls | undefined;

  constructor(module: NativeModule, backendEncoding: number, limits: Partial<NnLimits>) {
    this.#module = module;
    this.#encoding = backendEncoding;
    this.#limits = { ...defaultLimits, ...limits };
    const { maxGraphs, maxBytes } = this.#limits;
    const most =
      backendEncoding === encoding.tensorFlowLite ? maxTensorFlowLiteGraphs : Number.POSITIVE_INFINITY;
    this.#graphsAtOnce = Math.min(maxGraphs, most);
    this.#budget = new MemoryBudget(maxBytes);
  }

  /** What calls of all contexts share. */
  get shared(): GuardedCalls {
    this.#shared ??= new GuardedCalls(this.#module);
    return this.#shared;
  }

  /** Gives the plug-in copies of a model's parts. */
  load(
    parts: readonly Uint8Array[],
    modelEncoding: number,
    target: number,
    mayLackTensors: boolean,
  ): LoadedNatively {
    this.#checkGraphs();
    const space = buildersSpace(parts);
    this.#budget.take(space, 'a model');
    // A memory of its own, which is gone afterwards: the plug-in has copied the model.
    using calls = new GuardedCalls(this.#module);
    calls.needs(argumentPlace + space);
    const builders = writeBuilders(calls.memory, { pointer: argumentPlace, length: space }, parts);
    const errno = calls.call('load', builders, parts.length, modelEncoding, target, resultPlace);
    if (errno !== NnErrno.success) this.#budget.free(space);
    return { errno, graph: this.#noteGraph(errno, calls, () => mayLackTensors) };
  }

  /** A name that failed to load fails again, where the plug-in would answer success without a graph. */
  loadByName(
    name: string,
    mayLackTensors: () => boolean,
    call: (calls: GuardedCalls) => number,
  ): LoadedNatively {
    const earlier = this.#named.get(name);
    if (earlier !== undefined) return earlier;
    this.#checkGraphs();
    const errno = call(this.shared);
    const loaded = { errno, graph: this.#noteGraph(errno, this.shared, mayLackTensors) };
    this.#named.set(name, loaded);
    return loaded;
  }

  createContext(graph: number): { errno: number; context: number } {
    this.#checkGraph(graph);
    if (this.#madeContexts >= this.#limits.maxContexts) {
      throw new NnError(
        'too_large',
        `There are already ${this.#madeContexts} execution contexts, and the native plug-in does not free any; the host can raise maxContexts.`,
      );
    }
    this.#budget.take(contextOverhead, 'an execution context');
    const ownMemory = this.#encoding === encoding.openVino;
    const calls = ownMemory ? new GuardedCalls(this.#module) : this.shared;
    const errno = calls.call('init_execution_context', graph, resultPlace);
    if (errno !== NnErrno.success) {
      this.#budget.free(contextOverhead);
      if (ownMemory) calls[Symbol.dispose]();
      return { errno, context: 0 };
    }
    this.#madeContexts++;
    const context = calls.result;
    // Inputs of an interpreter without tensors would be written to address 0; to compute tells. Others may fail to compute what was not set yet.
    const problem = this.#graphs.get(graph) ? calls.call('compute', context) : NnErrno.success;
    if (problem === NnErrno.success) {
      this.#contexts.set(context, { calls, inputs: new Map(), kept: argumentPlace });
    }
    return { errno: problem, context };
  }

  setInput(
    id: number,
    index: number,
    shape: readonly number[],
    typeNumber: number,
    data: Uint8Array,
  ): number {
    const context = this.context(id);
    if (index >= maxInputs) {
      throw new NnError('invalid_argument', `A model has at most ${maxInputs} inputs, so no input ${index}.`);
    }
    const earlier = context.inputs.get(index) ?? 0;
    const more = Math.max(0, data.byteLength - earlier);
    this.#budget.take(more, 'an input');
    const { calls } = context;
    const dimensions = argumentPlace + tensorRecordSize;
    const start = Math.ceil((dimensions + shape.length * 4) / 64) * 64;
    const end = start + Math.max(data.byteLength, this.#encoding === encoding.openVino ? pictureBytes : 0);
    calls.needs(end);
    const { memory } = calls;
    const record = [dimensions, shape.length, typeNumber, start, data.byteLength];
    [...record, ...shape].forEach((number, place) => {
      memory.writeU32(argumentPlace + place * 4, number);
    });
    memory.write(start, data);
    const errno = calls.call('set_input', id, index, argumentPlace);
    if (errno !== NnErrno.success) this.#budget.free(more);
    else context.inputs.set(index, earlier + more);
    if (this.#encoding === encoding.openVino) context.kept = Math.max(context.kept, end);
    return errno;
  }

  /** Lets the plug-in write an output, and passes what fits into `size` bytes on. */
  output(id: number, index: number, size: number, use: (bytes: Uint8Array) => void): number {
    const { calls, kept } = this.context(id);
    const place = Math.ceil(kept / 64) * 64;
    if (this.#encoding !== encoding.openVino || !calls.reach(place + Math.max(size, overrunBytes))) {
      calls.needs(place + size);
    }
    const errno = calls.call('get_output', id, index, place, size, resultPlace);
    if (errno !== NnErrno.success) return errno;
    const written = calls.result;
    if (written > size) {
      throw new NnError(
        'invalid_argument',
        `The output has ${written} bytes, but the guest's buffer only ${size}.`,
      );
    }
    calls.memory.borrow(place, written, use);
    return errno;
  }

  /** @throws {NnError} `invalid_argument` when there is none of this number. */
  context(id: number): GuardedContext {
    const context = this.#contexts.get(id);
    if (context === undefined) throw new NnError('invalid_argument', `There is no execution context ${id}.`);
    return context;
  }

  /** A named one stays loaded: other guests have it, or will. */
  unload(id: number): number {
    this.#checkGraph(id);
    if (this.#isNamed(id)) return NnErrno.success;
    const errno = this.shared.call('unload', id);
    if (errno === NnErrno.success) this.#graphs.delete(id);
    return errno;
  }

  finalizeContext(id: number): number {
    const { calls } = this.context(id);
    const errno = calls.call('finalize_execution_context', id);
    if (errno === NnErrno.success) this.#contexts.delete(id);
    return errno;
  }

  /** Frees a graph of a guest that has ended, where the plug-in can. */
  endGraph(id: number): void {
    if (this.#has('unload') && this.#graphs.has(id)) this.unload(id);
  }

  /** Frees a context of a guest that has ended, where the plug-in can. */
  endContext(id: number): void {
    if (this.#has('finalize_execution_context') && this.#contexts.has(id)) this.finalizeContext(id);
    this.#contexts.delete(id);
  }

  #has(functionName: string): boolean {
    return this.#module.functions.some(({ name }) => name === functionName);
  }

  #isNamed(id: number): boolean {
    return [...this.#named.values()].some(({ errno, graph }) => errno === NnErrno.success && graph === id);
  }

  #checkGraph(id: number): void {
    if (!this.#graphs.has(id)) throw new NnError('invalid_argument', `There is no graph ${id}.`);
  }

  #checkGraphs(): void {
    if (this.#graphs.size >= this.#graphsAtOnce) {
      throw new NnError(
        'too_large',
        `There are already ${this.#graphs.size} graphs, and the native plug-in does not free any; it accepts at most ${this.#graphsAtOnce}.`,
      );
    }
  }

  #noteGraph(errno: number, calls: GuardedCalls, mayLackTensors: () => boolean): number {
    if (errno !== NnErrno.success) return 0;
    this.#graphs.set(calls.result, mayLackTensors());
    return calls.result;
  }
}

/** Copies bytes of a guest to where arguments begin; returns what a function is told of them. */
export function passBytes(
  calls: GuardedCalls,
  memory: GuestMemory,
  ranges: readonly (readonly [pointer: number, length: number])[],
): number[] {
  let place = argumentPlace;
  return ranges.flatMap(([pointer, length]) => {
    const start = place;
    // The plug-in looks at 4 bytes also where there are none.
    place += Math.max(length, 4);
    calls.needs(place);
    memory.borrow(pointer, length, (bytes) => calls.memory.write(start, bytes));
    return [start, length];
  });
}
