import { UnsupportedByEngineError } from '../../errors/unsupported-by-engine-error.js';
import type { Signature } from '../../host-module/signature.js';
import type { FunctionReference } from '../../host-module/value-types.js';
import { functionSignature } from '../../native/function-signature.js';
import type { Pointer } from '../../native/native-functions.js';
import type { ExportedFunction } from '../engine.js';
import { InstanceLife } from './instance-life.js';
import type { FunctionPointers } from './reference-table.js';
import { type ExportContext, wrapWasmEdgeExport } from './wasmedge-export.js';

/** The functions of guests as JavaScript calls them, one wrapper for each function instance. */
export class GuestFunctions implements FunctionPointers {
  readonly #context: () => ExportContext;
  readonly #byPointer = new Map<Pointer, ExportedFunction>();
  readonly #pointers = new WeakMap<FunctionReference, Pointer>();
  /** Functions that arrived as references may belong to any instance, so they end when one is freed. */
  #life = new InstanceLife('The guest of a function reference');
  /** Set once a guest was given a reference: it may hold it as long as the runtime lives. */
  areHeldByGuests = false;

  constructor(context: () => ExportContext) {
    this.#context = context;
  }

  /** The wrapper of an exported function. */
  wrap(
    name: string,
    signature: Signature | undefined,
    pointer: Pointer,
    life: InstanceLife,
    label: string,
  ): ExportedFunction {
    const wrapped =
      signature === undefined
        ? () => {
            throw new UnsupportedByEngineError(
              `The export "${name}" of the guest ${label} has a type that JavaScript cannot pass.`,
            );
          }
        : wrapWasmEdgeExport(name, signature, pointer, life, this.#context(), label);
    this.#byPointer.set(pointer, wrapped);
    this.#pointers.set(wrapped, pointer);
    return wrapped;
  }

  toFunction(pointer: Pointer): FunctionReference {
    const known = this.#byPointer.get(pointer);
    if (known !== undefined) {
      return known;
    }
    const signature = functionSignature(this.#context().library, pointer);
    return this.wrap('(function reference)', signature, pointer, this.#life, 'of a function reference');
  }

  toPointer(reference: FunctionReference): Pointer | undefined {
    const pointer = this.#pointers.get(reference);
    // A wrapper outlives its function; only one that is still known is safe to hand to a guest.
    if (pointer === undefined || this.#byPointer.get(pointer) !== reference) {
      return undefined;
    }
    this.areHeldByGuests = true;
    return pointer;
  }

  /** Forgets every wrapper of an instance, and those of unknown owners; to be called before an instance is freed. */
  end(functions: Iterable<ExportedFunction>): void {
    const ended = new Set(functions);
    for (const [pointer, wrapped] of this.#byPointer) {
      if (ended.has(wrapped)) {
        this.#byPointer.delete(pointer);
      }
    }
    this.#life.disposed = true;
    this.#life = new InstanceLife('The guest of a function reference');
  }
}
