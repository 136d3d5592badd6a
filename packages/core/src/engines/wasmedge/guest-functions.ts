import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import { functionSignature } from '../../native/function-signature.js';
import type { Pointer } from '../../native/native-functions.js';
import type { Signature } from '../../values/signature.js';
import type { FunctionReference } from '../../values/value-types.js';
import type { ExportedFunction } from '../engine.js';
import { FunctionReach } from '../function-reach.js';
import type { ExportContext } from './export-context.js';
import { InstanceLife } from './instance-life.js';
import type { FunctionPointers } from './reference-table.js';
import { wrapWasmEdgeExport } from './wasmedge-export.js';

/** A function instance as JavaScript calls it, while `reach` lasts. */
interface Wrapper {
  readonly call: ExportedFunction;
  readonly pointer: Pointer;
  readonly reach: FunctionReach<InstanceLife>;
  /** Whether it was made for a reference whose owner was not known. */
  readonly isNameless: boolean;
}

/** The functions of guests as JavaScript calls them: one for each, whoever exports it. */
export class GuestFunctions implements FunctionPointers {
  readonly #context: () => ExportContext;
  readonly #mayRunCompiled: boolean;
  readonly #byPointer = new Map<Pointer, Wrapper>();
  readonly #wrappers = new WeakMap<FunctionReference, Wrapper>();
  /** Functions that arrived as references of nobody known may belong to any instance, so they end when one is freed. */
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

  /** The wrapper of a function that an instance exports which lives so long. */
  wrap(
    name: string,
    signature: Signature | undefined,
    pointer: Pointer,
    life: InstanceLife,
    label: string,
  ): ExportedFunction {
    const known = this.#byPointer.get(pointer);
    if (known?.isNameless === false) {
      known.reach.add(life);
      return known.call;
    }
    return this.#make({ name, signature, pointer, life, label }, false);
  }

  toFunction(pointer: Pointer, life: InstanceLife | undefined): FunctionReference {
    const known = this.#known(pointer, life);
    if (known !== undefined) return known;
    if (this.pending.size > 0) {
      for (const instance of this.pending) instance.wrapExports();
      return this.toFunction(pointer, life);
    }
    const signature = functionSignature(this.#context().library, pointer);
    const lives = { life: life ?? this.#life, label: 'of a function reference' };
    return this.#make({ name: '(function reference)', signature, pointer, ...lives }, life === undefined);
  }

  #known(pointer: Pointer, life: InstanceLife | undefined): FunctionReference | undefined {
    const wrapper = this.#byPointer.get(pointer);
    if (life !== undefined) wrapper?.reach.add(life);
    return wrapper?.reach.isAlive ? wrapper.call : undefined;
  }

  #make(
    target: {
      readonly name: string;
      readonly signature: Signature | undefined;
      readonly pointer: Pointer;
      readonly life: InstanceLife;
      readonly label: string;
    },
    isNameless: boolean,
  ): ExportedFunction {
    const { name, signature, pointer, life, label } = target;
    const reach = new FunctionReach(life, label);
    const call =
      signature === undefined
        ? () => {
            throw new UnsupportedByEngineError(
              `The export "${shownName(name)}" of the guest ${label} has a type that JavaScript cannot pass; let the guest export a function of numbers, funcref or externref.`,
            );
          }
        : wrapWasmEdgeExport({ name, signature, pointer, life, reach, label }, this.#context());
    const wrapper = { call, pointer, reach, isNameless };
    this.#byPointer.set(pointer, wrapper);
    this.#wrappers.set(call, wrapper);
    return call;
  }

  toPointer(reference: FunctionReference): Pointer | undefined {
    const wrapper = this.#wrappers.get(reference);
    if (wrapper === undefined) return undefined;
    // A wrapper outlives its function; only one that is still alive is safe to hand to a guest.
    wrapper.reach.living();
    this.areHeldByGuests = true;
    return wrapper.pointer;
  }

  /** Forgets the functions that the host has through no instance any more, and those of unknown owners; to be called before one is freed. */
  endUnreached(): void {
    if (this.#byPointer.size === 0) return;
    this.#life.disposed = true;
    this.#life = this.#newLife();
    for (const [pointer, { reach }] of this.#byPointer) {
      if (!reach.isAlive) this.#byPointer.delete(pointer);
    }
  }

  #newLife(): InstanceLife {
    const life = new InstanceLife('The guest of a function reference');
    life.mayRunCompiled = this.#mayRunCompiled;
    return life;
  }
}
