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
  readonly owner: Owner;
}

/** What frees a function: an instance, or the end of the runtime. `unknown` for a reference to what no guest exports. */
type Owner = InstanceLife | undefined | 'unknown';

/** A function that the host is given. */
interface GivenFunction {
  readonly name: string;
  readonly signature: Signature | undefined;
  readonly pointer: Pointer;
  /** How long the instance lives through which it is given. */
  readonly life: InstanceLife;
  /** What messages call the guest. */
  readonly label: string;
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

  /** The wrapper of a function that an instance exports. */
  wrap(given: GivenFunction, owner: InstanceLife | undefined): ExportedFunction {
    const known = this.#byPointer.get(given.pointer);
    if (known === undefined || known.owner === 'unknown') return this.#make(given, owner);
    known.reach.add(given.life);
    return known.call;
  }

  toFunction(pointer: Pointer, life: InstanceLife = this.#life): FunctionReference {
    const known = this.#byPointer.get(pointer);
    if (known !== undefined) {
      known.reach.add(life);
      return known.call;
    }
    if (this.pending.size > 0) {
      for (const instance of this.pending) instance.wrapExports();
      return this.toFunction(pointer, life);
    }
    const signature = functionSignature(this.#context().library, pointer);
    const label = 'of a function reference';
    return this.#make({ name: '(function reference)', signature, pointer, life, label }, 'unknown');
  }

  #make({ name, signature, pointer, life, label }: GivenFunction, owner: Owner): ExportedFunction {
    const reach = new FunctionReach(life, label);
    const call =
      signature === undefined
        ? () => {
            throw new UnsupportedByEngineError(
              `The export "${shownName(name)}" of the guest ${label} has a type that JavaScript cannot pass; let the guest export a function of numbers, funcref or externref.`,
            );
          }
        : wrapWasmEdgeExport({ name, signature, pointer, life, reach, label }, this.#context());
    const wrapper = { call, pointer, reach, owner };
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

  /**
   * Forgets the functions of an instance, to be called before it is freed, and those of unknown owners that the host has through no instance any
   * more: they may be its functions.
   */
  end(freed: InstanceLife | undefined): void {
    if (this.#byPointer.size === 0) return;
    this.#life.disposed = true;
    this.#life = this.#newLife();
    for (const [pointer, { owner, reach }] of this.#byPointer) {
      if (owner === 'unknown' ? !reach.isAlive : owner !== undefined && owner === freed)
        this.#byPointer.delete(pointer);
    }
  }

  #newLife(): InstanceLife {
    const life = new InstanceLife('The guest of a function reference');
    life.mayRunCompiled = this.#mayRunCompiled;
    return life;
  }
}
