import { MemoryLimitError } from '../../errors/guest-errors.js';
import { InvalidArgumentError, UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { Pointer } from '../../native/native-functions.js';
import type { FunctionReference } from '../../values/value-types.js';
import type { EngineState } from './engine-state.js';
import type { InstanceLife } from './instance-life.js';

/** The functions of guests by the pointer WasmEdge knows them by, and who must stay because another guest may hold the pointer. */
export interface FunctionPointers {
  /** Wraps a function that arrived as a pointer, through an instance that lives so long where one is known. */
  toFunction(pointer: Pointer, life: InstanceLife | undefined): FunctionReference;
  /** The pointer of a wrapped function; the instance it belongs to is kept until the runtime ends. */
  toPointer(reference: FunctionReference): Pointer | undefined;
}

/** How many values guests can have as `externref` at once. */
const maxExternrefs = 1_000_000;

/** Where numbers start anew: small ones are told apart from those that an engine makes of references of its own. */
const largestForgotten = 2 ** 30;

/**
 * Values that cross as references. A guest sees an `externref` as a number that only this table understands. WasmEdge does not tell when
 * a guest drops one; so all are kept while some guest has a table or global that can hold one, and otherwise until the outermost call
 * has returned.
 */
export class ReferenceTable {
  #values: unknown[] = [];
  readonly #indices = new Map<unknown, bigint>();
  readonly #functions: FunctionPointers;
  readonly #state: EngineState;
  #forgotten = 0;
  #keepers = 0;
  #epoch = -1;
  #willForget = false;

  constructor(functions: FunctionPointers, state: EngineState) {
    this.#functions = functions;
    this.#state = state;
  }

  /** A guest comes that can hold an `externref` from one call to the next; until {@link endKeeper}. */
  beginKeeper(): void {
    this.#keepers++;
  }

  endKeeper(): void {
    this.#keepers--;
  }

  externrefFrom(payload: bigint): unknown {
    if (payload === 0n) return null;
    const index = Number(payload) - this.#forgotten - 1;
    if (index < 0 || index >= this.#values.length) {
      throw new UnsupportedByEngineError(
        'The guest passed an externref that it converted from its own reference, which engine wasmedge cannot pass to the host; let it pass only references that it received.',
      );
    }
    return this.#values[index];
  }

  /** @throws {MemoryLimitError} when guests have as many already as they may. */
  externrefTo(value: unknown): bigint {
    if (value === null) {
      return 0n;
    }
    if (this.#keepers === 0) {
      this.#forgetUnheld();
    }
    let index = this.#indices.get(value);
    if (index === undefined) {
      if (this.#values.length >= maxExternrefs) {
        throw new MemoryLimitError(
          `Guests hold ${maxExternrefs} host values as externref, which is the maximum; pass fewer, or split the work between several runtimes.`,
        );
      }
      index = BigInt(this.#forgotten + this.#values.push(value));
      this.#indices.set(value, index);
    }
    return index;
  }

  funcrefFrom(payload: bigint, life: InstanceLife | undefined): FunctionReference | null {
    return payload === 0n ? null : this.#functions.toFunction(Number(payload), life);
  }

  funcrefTo(reference: FunctionReference | null): bigint {
    if (reference === null) {
      return 0n;
    }
    const pointer = this.#functions.toPointer(reference);
    if (pointer === undefined) {
      throw new InvalidArgumentError(
        'A funcref must be null or a function that a guest of this runtime exports; to pass a host function, wrap it in a guest.',
      );
    }
    return BigInt(pointer);
  }

  #forgetUnheld(): void {
    const { calls, epoch } = this.#state;
    if (calls.depth === 0) {
      // Once for each call: its first arguments must outlive the others.
      if (epoch !== this.#epoch) {
        this.#epoch = epoch;
        this.#forget();
      }
    } else if (!this.#willForget) {
      this.#willForget = true;
      calls.whenIdle(() => {
        this.#willForget = false;
        this.#forget();
      });
    }
  }

  #forget(): void {
    if (this.#keepers === 0 && this.#values.length > 0) {
      const forgotten = this.#forgotten + this.#values.length;
      this.#forgotten = forgotten > largestForgotten ? 0 : forgotten;
      this.#values = [];
      this.#indices.clear();
    }
  }
}
