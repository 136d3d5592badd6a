import { DisposedError } from '@wasmedge-plugins/core';
import { NnError } from '../errors.js';
import { NnErrno } from '../nn-errno.js';
import type { GuardedContext, LoadedNatively } from './guarded-objects.js';
import type { GuardedState } from './guarded-state.js';
import { computeSingle, setOptions, setPrompt } from './guarded-texts.js';
import type { NativeConfig } from './native-config.js';

/** The number of an element type in every release; plug-ins that take configurations do not look which one. */
const anyType = 1;

/** What one guest has of a native plug-in, which numbers the graphs and contexts of all guests together: another guest's numbers lead nowhere. */
export class GuardedGuest implements Disposable {
  readonly #state: GuardedState;
  readonly #graphs = new Set<number>();
  readonly #contexts = new Set<number>();
  /** Configurations of named graphs that another guest had loaded before. */
  readonly #configs = new Map<number, NativeConfig>();

  constructor(state: GuardedState) {
    this.#state = state;
  }

  load(...model: Parameters<GuardedState['load']>): LoadedNatively {
    return this.#note(this.#state.load(...model));
  }

  /** @param config what a context of the graph is told, if it was loaded for another guest. Default: nothing. */
  loadByName(
    config: NativeConfig | undefined,
    ...model: Parameters<GuardedState['loadByName']>
  ): LoadedNatively {
    const loaded = this.#state.loadByName(...model);
    const isOthers = loaded.isEarlier === true && loaded.errno === NnErrno.success;
    if (isOthers && config !== undefined && !this.#graphs.has(loaded.graph)) {
      this.#configs.set(loaded.graph, config);
    }
    return this.#note(loaded);
  }

  createContext(graph: number): { errno: number; context: number } {
    this.#checkGraph(graph);
    const made = this.#state.createContext(graph);
    if (made.errno !== NnErrno.success) return made;
    this.#contexts.add(made.context);
    const config = this.#configs.get(graph);
    if (config !== undefined) this.setOptions(made.context, config, anyType);
    return made;
  }

  setInput(id: number, ...input: Rest<Parameters<GuardedState['setInput']>>): number {
    this.context(id);
    return this.#state.setInput(id, ...input);
  }

  setPrompt(id: number, text: Uint8Array, type: number): number {
    this.context(id);
    return setPrompt(this.#state, id, text, type);
  }

  setOptions(id: number, config: NativeConfig, type: number): number {
    this.context(id);
    return setOptions(this.#state, id, config, type);
  }

  compute(id: number): number {
    this.context(id);
    return this.#state.compute(id);
  }

  computeSingle(id: number): number {
    this.context(id);
    return computeSingle(this.#state, id);
  }

  output(id: number, ...place: Rest<Parameters<GuardedState['output']>>): number {
    this.context(id);
    return this.#state.output(id, ...place);
  }

  /** @throws {NnError} `invalid_argument` when the guest has none of this number. */
  context(id: number): GuardedContext {
    if (!this.#contexts.has(id)) {
      throw new NnError('invalid_argument', `There is no execution context ${id}.`);
    }
    return this.#state.context(id);
  }

  unload(id: number): number {
    this.#checkGraph(id);
    const errno = this.#state.unload(id);
    if (errno === NnErrno.success) this.#graphs.delete(id);
    return errno;
  }

  finalizeContext(id: number): number {
    this.context(id);
    const errno = this.#state.finalizeContext(id);
    if (errno === NnErrno.success) this.#contexts.delete(id);
    return errno;
  }

  /** Frees what the plug-in frees at all. */
  [Symbol.dispose](): void {
    try {
      for (const id of this.#contexts) this.#state.endContext(id);
      for (const id of this.#graphs) this.#state.endGraph(id);
    } catch (error) {
      // At the end of the runtime nothing is called any more, and the plug-in ends with it.
      if (!DisposedError.isInstance(error)) throw error;
    }
  }

  #note(loaded: LoadedNatively): LoadedNatively {
    if (loaded.errno === NnErrno.success && !this.#graphs.has(loaded.graph)) {
      this.#graphs.add(loaded.graph);
      this.#state.hold(loaded.graph);
    }
    return loaded;
  }

  #checkGraph(id: number): void {
    if (!this.#graphs.has(id)) throw new NnError('invalid_argument', `There is no graph ${id}.`);
  }
}

type Rest<Parameters extends readonly unknown[]> = Parameters extends readonly [unknown, ...infer Others]
  ? Others
  : never;
