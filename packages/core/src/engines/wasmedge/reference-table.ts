import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { UnsupportedByEngineError } from '../../errors/unsupported-by-engine-error.js';
import type { FunctionReference } from '../../host-module/value-types.js';
import type { Pointer } from '../../native/native-functions.js';

/** The functions of guests by the pointer WasmEdge knows them by, and who must stay because another guest may hold the pointer. */
export interface FunctionPointers {
  /** Wraps a function that arrived as a pointer. */
  toFunction(pointer: Pointer): FunctionReference;
  /** The pointer of a wrapped function; the instance it belongs to is kept until the runtime ends. */
  toPointer(reference: FunctionReference): Pointer | undefined;
}

/**
 * Values that cross as references. A guest sees an `externref` as a number that only this table understands; an entry stays until the
 * runtime ends, since WasmEdge does not tell when a guest drops one.
 */
export class ReferenceTable {
  readonly #values: unknown[] = [];
  readonly #indices = new Map<unknown, bigint>();
  readonly #functions: FunctionPointers;

  constructor(functions: FunctionPointers) {
    this.#functions = functions;
  }

  externrefFrom(payload: bigint): unknown {
    if (payload === 0n) return null;
    if (payload > BigInt(this.#values.length)) {
      throw new UnsupportedByEngineError(
        'The guest gave an externref that it made of a reference of its own, which engine wasmedge cannot hand over; let it pass what it was given.',
      );
    }
    return this.#values[Number(payload) - 1];
  }

  externrefTo(value: unknown): bigint {
    if (value === null) {
      return 0n;
    }
    let index = this.#indices.get(value);
    if (index === undefined) {
      index = BigInt(this.#values.push(value));
      this.#indices.set(value, index);
    }
    return index;
  }

  funcrefFrom(payload: bigint): FunctionReference | null {
    return payload === 0n ? null : this.#functions.toFunction(Number(payload));
  }

  funcrefTo(reference: FunctionReference | null): bigint {
    if (reference === null) {
      return 0n;
    }
    const pointer = this.#functions.toPointer(reference);
    if (pointer === undefined) {
      throw new InvalidArgumentError(
        'A funcref must be null or a function that a guest of this runtime exports; wrap a host function in a guest to pass it.',
      );
    }
    return BigInt(pointer);
  }
}
