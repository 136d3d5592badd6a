import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { ValueType } from '../../values/value-types.js';
import { type CallState, refuseDisposed } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { needStack } from '../stack-probe.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';

/** The functions of one runtime's guests: as V8 has them, and as hosts see them. Each stays the same function everywhere. */
export class V8References {
  /** Set once a guest was given a function of another one, which it may hold as long as the runtime lives. */
  areHeldByGuests = false;
  /** How many functions were handed over of which no guest was known. */
  unknown = 0;
  /** Guests whose exports have no wrappers yet. */
  readonly pending = new Set<{ wrapExports(): void }>();
  readonly #state: CallState;
  readonly #rawFunctions = new WeakMap<object, ExportedFunction>();
  readonly #wrappers = new WeakMap<object, ExportedFunction>();

  constructor(state: CallState) {
    this.#state = state;
  }

  /** Remembers that `wrapper` is how hosts see the exported function `raw`. */
  remember(raw: ExportedFunction, wrapper: ExportedFunction): void {
    this.#rawFunctions.set(wrapper, raw);
    this.#wrappers.set(raw, wrapper);
  }

  /** What V8 takes for a function reference: the exported function itself, where a host gives its wrapper. */
  readonly toRaw = (value: unknown): unknown => {
    if (value === null) {
      return null;
    }
    const raw = this.#rawFunctions.get(value as object);
    if (raw === undefined) {
      throw new InvalidArgumentError(
        'A funcref must be null or a function that a guest of this runtime exports; to pass a host function, wrap it in a guest.',
      );
    }
    this.areHeldByGuests = true;
    return raw;
  };

  /** What a host gets for a function reference: the wrapper of the exported function. */
  readonly toWrapped = (value: unknown): unknown =>
    typeof value === 'function'
      ? (this.#wrappers.get(value) ??
        this.#wrapPending(value) ??
        this.#wrapUnknown(value as ExportedFunction))
      : value;

  #wrapPending(value: object): ExportedFunction | undefined {
    if (this.pending.size === 0) return undefined;
    for (const guest of this.pending) guest.wrapExports();
    return this.#wrappers.get(value);
  }

  /** Where the type is not known: an external reference may be a function too, and stays what it is. */
  readonly #toKnown = (value: unknown): unknown =>
    typeof value === 'function' ? (this.#wrappers.get(value) ?? this.#wrapPending(value) ?? value) : value;

  /** A function that no guest exports. V8 does not tell its signature, so it converts the arguments by itself. */
  #wrapUnknown(raw: ExportedFunction): ExportedFunction {
    this.unknown++;
    const state = this.#state;
    const wrapper = (...args: never[]): unknown => {
      if (state.disposed) {
        refuseDisposed('The runtime');
      }
      state.depth++;
      try {
        needStack(0);
        const result = raw(...args);
        throwCaughtHostError(state);
        return Array.isArray(result) ? result.map(this.#toKnown) : this.#toKnown(result);
      } catch (error) {
        throw translateV8Error(error, state, 'of a function reference');
      } finally {
        state.hostError = undefined;
        if (--state.depth === 0 && state.waiting) {
          state.becomeIdle();
        }
      }
    };
    this.remember(raw, wrapper);
    return wrapper;
  }
}

/** JavaScript source that converts one value with `convert`, where its type is a function reference. */
export function convertSource(type: ValueType | undefined, value: string, convert: string): string {
  return type === 'funcref' ? `${convert}(${value})` : value;
}

/** JavaScript source that converts a result, several as an array, where one is a function reference. */
export function convertResultSource(results: readonly ValueType[], value: string, convert: string): string {
  if (!results.includes('funcref')) {
    return value;
  }
  if (results.length === 1) {
    return `${convert}(${value})`;
  }
  const types = JSON.stringify(results.map((type) => type === 'funcref'));
  return `${value}.map((item, index) => (${types}[index] ? ${convert}(item) : item))`;
}
