import { DisposedError } from '../errors/runtime-errors.js';
import type { Caller } from './caller.js';

/** What plug-ins keep for the instances of one runtime, until the instance ends, or the runtime. */
export class InstanceStates implements Disposable {
  readonly #kept = new Map<object, (() => void)[]>();
  readonly #ended = new WeakSet<object>();
  #isUsed = false;

  /** Whether anything is ever kept. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** See {@link PluginContext.perInstance}. */
  readonly perInstance = <State extends object>(make: () => State): ((caller: Caller) => State) => {
    this.#isUsed = true;
    const states = new WeakMap<object, State>();
    // Most calls come from where the call before came from.
    let last: { readonly instance: object; readonly state: State } | undefined;
    const remember = (instance: object, state: State): State => {
      last = { instance, state };
      return state;
    };
    return ({ instance }) => {
      if (last !== undefined && last.instance === instance) return last.state;
      const known = states.get(instance);
      if (known !== undefined) return remember(instance, known);
      this.#refuseEnded(instance);
      const state = make();
      states.set(instance, state);
      this.#keep(instance, () => {
        states.delete(instance);
        if (last?.instance === instance) last = undefined;
        (state as Partial<Disposable>)[Symbol.dispose]?.();
      });
      return remember(instance, state);
    };
  };

  /** Ends what is kept for an instance, the latest first; from here on nothing is kept for it. */
  end(instance: object): void {
    this.#ended.add(instance);
    const kept = this.#kept.get(instance);
    if (kept === undefined) return;
    this.#kept.delete(instance);
    endAll(kept);
  }

  [Symbol.dispose](): void {
    endAll([...this.#kept.keys()].map((instance) => () => this.end(instance)));
  }

  #keep(instance: object, end: () => void): void {
    const kept = this.#kept.get(instance);
    if (kept === undefined) this.#kept.set(instance, [end]);
    else kept.push(end);
  }

  /** Other guests may still reach functions of an instance that was disposed. */
  #refuseEnded(instance: object): void {
    if (!this.#ended.has(instance)) return;
    throw new DisposedError(
      'The calling guest was disposed, together with its plug-in state; dispose of it after the guests that use it.',
    );
  }
}

/** Runs all of them, the latest first, also when one fails; the first failure is thrown at the end. */
function endAll(ends: readonly (() => void)[]): void {
  const failures: unknown[] = [];
  for (const end of [...ends].reverse()) {
    try {
      end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
