import { NoMemoryError } from '../../errors/host-function-errors.js';
import { DisposedError } from '../../errors/runtime-errors.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { GuestInstance } from '../../runtime/guest-instance.js';
import type { HostObjectPlace } from '../../runtime/host-objects.js';
import type { Instance } from '../../runtime/runtime.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import type { DescribedInstance } from '../protocol/messages.js';

type AnyFunction = (...args: readonly unknown[]) => unknown;
type AnyInstance = GuestInstance<Readonly<Record<string, AnyFunction>>>;

/** The instances that a member has made for its caller, by their numbers. */
export class MemberInstances {
  readonly #instances = new Map<number, AnyInstance>();
  readonly #hostObjects = new Map<string, DescribedInstance>();
  #last = 0;

  add(made: Instance<unknown>): DescribedInstance {
    const instance = made as AnyInstance;
    const number = ++this.#last;
    this.#instances.set(number, instance);
    return { number, exports: instance.types.exports };
  }

  /** What exports an object of a host module, which the runtime ends. */
  addHostObject({ module, name }: HostObjectPlace, made: () => Instance<unknown>): DescribedInstance {
    const key = JSON.stringify([module, name]);
    const known = this.#hostObjects.get(key) ?? this.add(made());
    this.#hostObjects.set(key, known);
    return known;
  }

  call({
    instance,
    name,
    args,
  }: {
    readonly instance: number;
    readonly name: string;
    readonly args: readonly unknown[];
  }): unknown {
    return this.#at(instance).exports[name]?.(...args);
  }

  memory({
    instance,
    memory,
  }: {
    readonly instance: number;
    readonly memory: string | undefined;
  }): GuestMemory {
    const owner = this.#at(instance);
    if (memory !== undefined) return owner.exportedMemory(memory);
    if (owner.memory === undefined) {
      throw new NoMemoryError('The guest has no memory that the host can access; export memory 0.');
    }
    return owner.memory;
  }

  global({ instance, name }: { readonly instance: number; readonly name: string }): GuestGlobal {
    return this.#at(instance).exportedGlobal(name);
  }

  dispose(number: number): void {
    const instance = this.#instances.get(number);
    this.#instances.delete(number);
    instance?.[Symbol.dispose]();
  }

  #at(number: number): AnyInstance {
    const instance = this.#instances.get(number);
    if (instance === undefined)
      throw new DisposedError('The instance was disposed; instantiate the guest again.');
    return instance;
  }
}
