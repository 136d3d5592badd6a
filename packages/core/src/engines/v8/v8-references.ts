import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { ValueType } from '../../values/value-types.js';
import type { CallState } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { FunctionReach } from '../function-reach.js';
import { needStack } from '../stack-probe.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import type { V8Life } from './v8-life.js';

/** A function of a guest. */
export interface KnownFunction {
  /** As V8 has it. */
  readonly raw: ExportedFunction;
  /** As hosts see it. */
  readonly wrapper: ExportedFunction;
  readonly reach: FunctionReach<V8Life>;
}

/** The functions of one runtime's guests: as V8 has them, and as hosts see them. Each stays the same function everywhere. */
export class V8References {
  /** Set once a guest was given a function of another one, which it may hold as long as the runtime lives. */
  areHeldByGuests = false;
  /** Guests whose exports have no wrappers yet. */
  readonly pending = new Set<{ wrapExports(): void }>();
  readonly #state: CallState;
  /** By either of its two functions. */
  readonly #known = new WeakMap<object, KnownFunction>();

  constructor(state: CallState) {
    this.#state = state;
  }

  /** Remembers how hosts see an exported function. */
  remember(known: KnownFunction): void {
    this.#known.set(known.wrapper, known);
    this.#known.set(known.raw, known);
  }

  /** Remembers that V8 has the function once more. */
  rememberTwin(raw: ExportedFunction, known: KnownFunction): void {
    this.#known.set(raw, known);
  }

  /** How hosts see the function, if any instance has handed it over; from here on also through one that lives so long. */
  wrapperOf(raw: object, life: V8Life): ExportedFunction | undefined {
    const known = this.#known.get(raw);
    known?.reach.add(life);
    return known?.wrapper;
  }

  /** What V8 takes for a function reference: the exported function itself, where a host gives its wrapper. */
  readonly toRaw = (value: unknown): unknown => {
    if (value === null) {
      return null;
    }
    const known = this.#known.get(value as object);
    if (known === undefined || known.wrapper !== value) {
      throw new InvalidArgumentError(
        'A funcref must be null or a function that a guest of this runtime exports; to pass a host function, wrap it in a guest.',
      );
    }
    known.reach.living();
    this.areHeldByGuests = true;
    return known.raw;
  };

  /** What a host gets for a function reference of an instance that lives so long: the wrapper of the exported function. */
  toWrapped(value: unknown, life: V8Life): unknown {
    return typeof value === 'function'
      ? (this.#wrapperOf(value, life) ?? this.#wrapUnknown(value as ExportedFunction, life))
      : value;
  }

  #wrapperOf(value: object, life: V8Life): ExportedFunction | undefined {
    const known = this.wrapperOf(value, life);
    if (known !== undefined || this.pending.size === 0) return known;
    for (const guest of this.pending) guest.wrapExports();
    return this.wrapperOf(value, life);
  }

  /** A function that no guest exports. V8 does not tell its signature, so it converts the arguments by itself. */
  #wrapUnknown(raw: ExportedFunction, givenLife: V8Life): ExportedFunction {
    const state = this.#state;
    const reach = new FunctionReach(givenLife, 'of a function reference');
    const wrapper = (...args: never[]): unknown => {
      const life = reach.living();
      // Where the type is not known: an external reference may be a function too, and stays what it is.
      const toKnown = (value: unknown) =>
        typeof value === 'function' ? (this.#wrapperOf(value, life) ?? value) : value;
      state.depth++;
      try {
        needStack(0);
        const result = raw(...args);
        throwCaughtHostError(state);
        return Array.isArray(result) ? result.map(toKnown) : toKnown(result);
      } catch (error) {
        throw translateV8Error(error, state, 'of a function reference');
      } finally {
        state.hostError = undefined;
        if (--state.depth === 0 && state.waiting) {
          state.becomeIdle();
        }
      }
    };
    this.remember({ raw, wrapper, reach });
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
