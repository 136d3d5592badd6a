import { InstanceLostError, UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { printableName } from '../../errors/printable.js';
import type { HostModule } from '../../host-module/host-module.js';
import type { ReachableHostObject } from '../../host-module/host-object.js';
import { HostObjectPlaces } from '../../runtime/host-objects.js';
import type { PlacedHostMemory } from '../interface/placed-host-object.js';
import type { PlacedGlobal } from '../interface/placed-runtime.js';
import type { Member } from './member.js';
import type { RemoteInstance } from './remote-instance.js';

/** Has a member, or any, make an instance of a host module's objects known; tells which member it was. */
type Describe = (
  module: string,
  home: Member | undefined,
) => Promise<{ readonly home: Member; readonly instance: RemoteInstance }>;

/** The memories and globals of host modules in another thread or process. */
export class RemoteHostObjects {
  readonly #places = new HostObjectPlaces();
  readonly #describe: Describe;
  readonly #current: () => Member | undefined;
  readonly #known = new WeakMap<Member, Map<string, RemoteInstance>>();

  /** @throws {InvalidArgumentError} for an object that two modules have. */
  constructor(modules: readonly HostModule[], current: () => Member | undefined, describe: Describe) {
    for (const module of modules) this.#places.add(module);
    this.#current = current;
    this.#describe = describe;
  }

  /**
   * @throws {InvalidArgumentError} for what no module has.
   * @throws {UnsupportedByPlacementError} for what does not cross.
   */
  access(object: ReachableHostObject): PlacedHostMemory | PlacedGlobal {
    const { module, name } = this.#places.of(object);
    if (object.kind === 'memory') return this.#memory(module, name);
    if (object.kind === 'table' || ['v128', 'funcref', 'externref'].includes(object.type)) {
      const what = object.kind === 'table' ? 'table' : `global of type ${object.type}`;
      throw new UnsupportedByPlacementError(
        `The ${what} ${printableName(module)}.${printableName(name)} cannot be used from another thread or process, only by the guests there; use placement 'inline', or a function that runtime.perform() runs where it is.`,
      );
    }
    const use = this.#user(object.kind, module, name);
    return {
      get: (options) => use((instance) => instance.exportedGlobal(name).get(options)),
      set: (value, options) => use((instance) => instance.exportedGlobal(name).set(value, options)),
    };
  }

  #memory(module: string, memory: string): PlacedHostMemory {
    const use = this.#user('memory', module, memory);
    return {
      read: (pointer, length, options) =>
        use((instance) => instance.readMemory(pointer, length, { ...options, memory })),
      write: (pointer, bytes, options) =>
        use((instance) => instance.writeMemory(pointer, bytes, { ...options, memory })),
      pages: (options) => use((instance) => instance.memoryPages({ ...options, memory })),
      grow: (pages, options) => use((instance) => instance.growMemory(pages, { ...options, memory })),
    };
  }

  /** Uses the object of the member that lives now, or of the first that it is used in; with that member it is lost. */
  #user(kind: string, module: string, name: string) {
    let home = this.#current();
    return async <Result>(use: (instance: RemoteInstance) => Promise<Result>): Promise<Result> => {
      try {
        const known = home && this.#known.get(home)?.get(module);
        if (known !== undefined) return await use(known);
        const described = await this.#describe(module, home);
        home = described.home;
        this.#known.set(home, (this.#known.get(home) ?? new Map()).set(module, described.instance));
        return await use(described.instance);
      } catch (error) {
        if (!InstanceLostError.isInstance(error)) throw error;
        throw new InstanceLostError(
          `The ${kind} ${printableName(module)}.${printableName(name)} was lost when its thread or process ended; see the cause, and call runtime.hostObject() again for the one of the next.`,
          { cause: error.cause },
        );
      }
    };
  }
}
