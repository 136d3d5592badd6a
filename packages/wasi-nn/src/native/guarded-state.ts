import type { NativeModule } from '@wasmedge-plugins/core';
import { tensorRecordSize } from '../embedded/guest-tensor.js';
import { MemoryBudget } from '../embedded/memory-budget.js';
import { NnError } from '../errors.js';
import { buildersSpace, writeBuilders } from '../guest-records.js';
import { NnErrno } from '../nn-errno.js';
import { defaultLimits, type NnLimits } from '../nn-limits.js';
import { argumentPlace, GuardedCalls, resultPlace } from './guarded-calls.js';
import type { GuardedContext, GuardedGraph, LoadedNatively, NewGraph } from './guarded-objects.js';
import { GuardedSteps } from './guarded-steps.js';

const encoding = { openVino: 0, tensorFlowLite: 4, ggml: 6 };

/** A further graph of TensorFlow Lite invalidates the earlier ones. */
const maxTensorFlowLiteGraphs = 16;

/** More than any model has; libtorch's list of inputs grows to the index that a guest gives. */
const maxInputs = 1024;

/** Up to 0.14.1 OpenVINO reads a picture of 224 by 224 pixels, whatever it is given. */
const pictureBytes = 224 * 224 * 3 * 4;

/** OpenVINO and GGML write all of an output, whatever the length of the buffer. It is address space; memory is what is written. */
const overrunBytes: Readonly<Record<number, number>> = {
  [encoding.openVino]: 16 * 2 ** 20,
  [encoding.ggml]: 64 * 2 ** 20,
};

/** What each context costs besides its tensors. */
const contextOverhead = 16 * 1024;

/** Graphs, contexts and names that all guests have of a native plug-in, as far as its guard has seen them made. */
export class GuardedState {
  readonly #module: NativeModule;
  readonly #encoding: number;
  readonly #limits: NnLimits;
  readonly #graphsAtOnce: number;
  readonly #budget: MemoryBudget;
  readonly #graphs = new Map<number, GuardedGraph>();
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
  load(parts: readonly Uint8Array[], modelEncoding: number, target: number, graph: NewGraph): LoadedNatively {
    this.#checkGraphs();
    const space = buildersSpace(parts);
    this.#budget.take(space, 'a model');
    // A memory of its own, which is gone afterwards: the plug-in has copied the model.
    using calls = new GuardedCalls(this.#module);
    calls.needs(argumentPlace + space);
    const builders = writeBuilders(calls.memory, { pointer: argumentPlace, length: space }, parts);
    const errno = calls.call('load', builders, parts.length, modelEncoding, target, resultPlace);
    if (errno !== NnErrno.success) this.#budget.free(space);
    return { errno, graph: this.#noteGraph(errno, calls, () => graph, space) };
  }

  /** A name that failed to load fails again, where the plug-in would answer success without a graph. */
  loadByName(name: string, graphOf: () => NewGraph, call: (calls: GuardedCalls) => number): LoadedNatively {
    const earlier = this.#named.get(name);
    if (earlier !== undefined) return { ...earlier, isEarlier: true };
    this.#checkGraphs();
    const errno = call(this.shared);
    const loaded = { errno, graph: this.#noteGraph(errno, this.shared, graphOf) };
    this.#named.set(name, loaded);
    return loaded;
  }

  createContext(id: number): { errno: number; context: number } {
    const graph = this.#graph(id);
    if (this.#madeContexts >= this.#limits.maxContexts) {
      throw new NnError(
        'too_large',
        `There are already ${this.#madeContexts} execution contexts, and the native plug-in does not free any; the host can raise maxContexts.`,
      );
    }
    this.#budget.take(contextOverhead, 'an execution context');
    const ownMemory = this.#encoding === encoding.openVino;
    const calls = ownMemory ? new GuardedCalls(this.#module) : this.shared;
    const errno = calls.call('init_execution_context', id, resultPlace);
    if (errno !== NnErrno.success) {
      this.#budget.free(contextOverhead);
      if (ownMemory) calls[Symbol.dispose]();
      return { errno, context: 0 };
    }
    this.#madeContexts++;
    const context = calls.result;
    // Inputs of an interpreter without tensors would be written to address 0; to compute tells. Others may fail to compute what was not set yet.
    const problem = graph.mayLackTensors ? calls.call('compute', context) : NnErrno.success;
    if (problem === NnErrno.success) {
      const steps = new GuardedSteps(calls, context, this.#isNewer);
      this.#contexts.set(context, { graph, steps, calls, inputs: new Map(), kept: argumentPlace });
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

  compute(id: number): number {
    const { calls, steps } = this.context(id);
    steps.computed();
    return calls.call('compute', id);
  }

  /**
   * Lets the plug-in write an output.
   *
   * @param use gets a view of it; it may be longer than the guest's buffer.
   */
  output(
    id: number,
    name: 'get_output' | 'get_output_single',
    index: number,
    size: number,
    use: (bytes: Uint8Array) => void,
  ): number {
    const { calls, kept, steps } = this.context(id);
    if (name === 'get_output_single' && index === 0 && !steps.hasToken) {
      use(new Uint8Array());
      return NnErrno.success;
    }
    const place = Math.ceil(kept / 64) * 64;
    const most = Math.max(size, overrunBytes[this.#encoding] ?? 0);
    // Most tensors are smaller than that, but a text is as long as it comes.
    if (this.#encoding === encoding.ggml) calls.needs(place + most);
    else if (!calls.reach(place + most)) calls.needs(place + size);
    const errno = calls.call(name, id, index, place, size, resultPlace);
    if (errno === NnErrno.success) calls.memory.borrow(place, calls.result, use);
    return errno;
  }

  /** @throws {NnError} `invalid_argument` when there is none of this number. */
  context(id: number): GuardedContext {
    const context = this.#contexts.get(id);
    if (context === undefined) throw new NnError('invalid_argument', `There is no execution context ${id}.`);
    return context;
  }

  /** The contexts of a graph, whoever has them. */
  contextsOf(graph: GuardedGraph): readonly GuardedContext[] {
    return [...this.#contexts.values()].filter((context) => context.graph === graph);
  }

  /** One more guest has a graph. */
  hold(id: number): void {
    this.#graph(id).holders++;
  }

  /** Unloads a graph for one of the guests that have it. A named one stays loaded, since others will want it; but that of a language model has the options of its first guest. */
  unload(id: number): number {
    const graph = this.#graph(id);
    graph.holders--;
    const isText = this.#encoding === encoding.ggml;
    // Up to 0.14, GGML gives those behind it other numbers.
    const staysLoaded = isText ? !this.#isNewer || graph.holders > 0 : this.#isNamed(id);
    if (staysLoaded) return NnErrno.success;
    const errno = this.shared.call('unload', id);
    if (errno === NnErrno.success) {
      this.#graphs.delete(id);
      this.#budget.free(graph.byteLength);
      for (const [name, named] of this.#named) {
        if (named.errno === NnErrno.success && named.graph === id) this.#named.delete(name);
      }
    }
    return errno;
  }

  finalizeContext(id: number): number {
    const { calls, inputs } = this.context(id);
    const errno = calls.call('finalize_execution_context', id);
    if (errno === NnErrno.success) {
      this.#contexts.delete(id);
      this.#madeContexts--;
      this.#budget.free([...inputs.values()].reduce((sum, bytes) => sum + bytes, contextOverhead));
    }
    return errno;
  }

  /** Frees a graph of a guest that has ended, where the plug-in can. */
  endGraph(id: number): void {
    if (this.#has('unload') && this.#graphs.has(id)) this.unload(id);
  }

  /** Frees a context of a guest that has ended, where the plug-in can. */
  endContext(id: number): void {
    // What it was in the middle of is freed in any case.
    this.#contexts.get(id)?.steps.interrupt();
    if (this.#isNewer && this.#contexts.has(id)) this.finalizeContext(id);
    this.#contexts.delete(id);
  }

  /** From 0.15 on. */
  get #isNewer(): boolean {
    return this.#has('finalize_execution_context');
  }

  #has(functionName: string): boolean {
    return this.#module.functions.some(({ name }) => name === functionName);
  }

  #isNamed(id: number): boolean {
    return [...this.#named.values()].some(({ errno, graph }) => errno === NnErrno.success && graph === id);
  }

  #graph(id: number): GuardedGraph {
    const graph = this.#graphs.get(id);
    if (graph === undefined) throw new NnError('invalid_argument', `There is no graph ${id}.`);
    return graph;
  }

  #checkGraphs(): void {
    if (this.#graphs.size >= this.#graphsAtOnce) {
      throw new NnError(
        'too_large',
        `There are already ${this.#graphs.size} graphs, and the native plug-in does not free any; it accepts at most ${this.#graphsAtOnce}.`,
      );
    }
  }

  #noteGraph(errno: number, calls: GuardedCalls, graphOf: () => NewGraph, byteLength = 0): number {
    if (errno !== NnErrno.success) return 0;
    this.#graphs.set(calls.result, { ...graphOf(), holders: 0, byteLength });
    return calls.result;
  }
}
