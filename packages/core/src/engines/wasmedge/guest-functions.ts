import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import { functionSignature } from '../../native/function-signature.js';
import type { Pointer } from '../../native/native-functions.js';
import type { Signature } from '../../values/signature.js';
import type { FunctionReference } from '../../values/value-types.js';
import type { ExportedFunction } from '../engine.js';
import type { ExportContext } from './export-context.js';
import { InstanceLife } from './instance-life.js';
import type { FunctionPointers } from './reference-table.js';
import { wrapWasmEdgeExport } from './wasmedge-export.js';

/** A function instance as JavaScript calls it, while `life` lasts. */
interface Wrapper {
  readonly call: ExportedFunction;
  readonly pointer: Pointer;
  readonly life: InstanceLife;
}

/** The functions of guests as JavaScript calls them. Guests that export one function of the host have a wrapper each. */
export class GuestFunctions implements FunctionPointers {
  readonly #context: () => ExportContext;
  readonly #mayRunCompiled: boolean;
  readonly #byPointer = new Map<Pointer, Wrapper>();
  readonly #wrappers = new WeakMap<FunctionReference, Wrapper>();
  /** Functions that arrived as references may belong to any instance, so they end when one is freed. */
  #life: InstanceLife;
  /** Set once a guest was given a reference: it may hold it as long as the runtime lives. */
  areHeldByGuests = false;
  /** Instances whose exports have no wrappers yet. */
  readonly pending = new Set<{ wrapExports(): void }>();

  /** @param mayRunCompiled whether guests of the runtime may have compiled code. */
  constructor(context: () => ExportContext, mayRunCompiled: boolean) {
    this.#context = context;
    this.#mayRunCompiled = mayRunCompiled;
    this.#life = this.#newLife();
  }

  /** The wrapper of an exported function. */
  wrap(
    name: string,
    signature: Signature | undefined,
    pointer: Pointer,
    life: InstanceLife,
    label: string,
  ): ExportedFunction {
    const call =
      signature === undefined
        ? () => {
            throw new UnsupportedByEngineError(
              `The export "${shownName(name)}" of the guest ${label} has a type that JavaScript cannot pass; let the guest export a function of numbers, funcref or externref.`,
            );
          }
        : wrapWasmEdgeExport({ name, signature, pointer, life, label }, this.#context());
    const wrapper = { call, pointer, life };
    if (this.#byPointer.get(pointer)?.life.disposed !== false) {
      this.#byPointer.set(pointer, wrapper);
    }
    this.#wrappers.set(call, wrapper);
    return call;
  }

  toFunction(pointer: Pointer): FunctionReference {
    const known = this.#known(pointer);
    if (known !== undefined) return known;
    if (this.pending.size > 0) {
      for (const instance of this.pending) instance.wrapExports();
      return this.toFunction(pointer);
    }
    const signature = functionSignature(this.#context().library, pointer);
    return this.wrap('(function reference)', signature, pointer, this.#life, 'of a function reference');
  }

  #known(pointer: Pointer): FunctionReference | undefined {
    const wrapper = this.#byPointer.get(pointer);
    return wrapper?.life.disposed === false ? wrapper.call : undefined;
  }

  toPointer(reference: FunctionReference): Pointer | undefined {
    const wrapper = this.#wrappers.get(reference);
    // A wrapper outlives its function; only one that is still alive is safe to hand to a guest.
    if (wrapper === undefined || wrapper.life.disposed) {
      return undefined;
    }
    this.areHeldByGuests = true;
    return wrapper.pointer;
  }

  /** Forgets every wrapper of an instance, and those of unknown owners; to be called before an instance is freed. */
  end(ended: InstanceLife): void {
    if (this.#byPointer.size === 0) return;
    for (const [pointer, { life }] of this.#byPointer) {
      if (life === ended || life === this.#life) {
        this.#byPointer.delete(pointer);
      }
    }
    this.#life.disposed = true;
    this.#life = this.#newLife();
  }

  #newLife(): InstanceLife {
    const life = new InstanceLife('The guest of a function reference');
    life.mayRunCompiled = this.#mayRunCompiled;
    return life;
  }
}
