import { InstanceLostError, UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { printableName } from '../../errors/printable.js';
import type { HostModule } from '../../host-module/host-module.js';
import type { ReachableHostObject } from '../../host-module/host-object.js';
import { type HostObjectPlace, HostObjectPlaces } from '../../runtime/host-objects.js';
import type { PlacedHostMemory } from '../interface/placed-host-object.js';
import type { PlacedGlobal } from '../interface/placed-runtime.js';
import type { Member } from './member.js';
import type { RemoteInstance } from './remote-instance.js';

/** Has a member, or any, make the instance that exports an object known; tells which member it was. */
type Describe = (
  place: HostObjectPlace,
  home: Member | undefined,
) => Promise<{ readonly home: Member; readonly instance: RemoteInstance }>;

/** Uses the instance that exports an object. */
type Use = <Result>(use: (instance: RemoteInstance) => Promise<Result>) => Promise<Result>;

/** The memories and globals of host modules in another thread or process. */
export class RemoteHostObjects {
  readonly #places = new HostObjectPlaces();
  readonly #describe: Describe;
  readonly #current: () => Member | undefined;
  readonly #known = new WeakMap<Member, Map<ReachableHostObject, RemoteInstance>>();

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
    const place = this.#places.of(object);
    const { module, name } = place;
    const use = this.#user(object, place);
    if (object.kind === 'memory') return memoryAccess(name, use);
    if (object.kind === 'table' || ['v128', 'funcref', 'externref'].includes(object.type)) {
      const what = object.kind === 'table' ? 'table' : `global of type ${object.type}`;
      throw new UnsupportedByPlacementError(
        `The ${what} ${printableName(module)}.${printableName(name)} cannot be used from another thread or process, only by the guests there; use placement 'inline', or a function that runtime.perform() runs where it is.`,
      );
    }
    return {
      get: (options) => use((instance) => instance.exportedGlobal(name).get(options)),
      set: (value, options) => use((instance) => instance.exportedGlobal(name).set(value, options)),
    };
  }

  /** Uses the object of the member that lives now, or of the first that it is used in; with that member it is lost. */
  #user(object: ReachableHostObject, place: HostObjectPlace): Use {
    let home = this.#current();
    return async (use) => {
      try {
        const known = home && this.#known.get(home)?.get(object);
        if (known !== undefined) return await use(known);
        const described = await this.#describe(place, home);
        home = described.home;
        this.#known.set(home, (this.#known.get(home) ?? new Map()).set(object, described.instance));
        return await use(described.instance);
      } catch (error) {
        if (!InstanceLostError.isInstance(error)) throw error;
        throw new InstanceLostError(
          `The ${object.kind} ${printableName(place.module)}.${printableName(place.name)} was lost when its thread or process ended; see the cause, and call runtime.hostObject() again for the one of the next.`,
          { cause: error.cause },
        );
      }
    };
  }
}

function memoryAccess(memory: string, use: Use): PlacedHostMemory {
  return {
    read: (pointer, length, options) =>
      use((instance) => instance.readMemory(pointer, length, { ...options, memory })),
    write: (pointer, bytes, options) =>
      use((instance) => instance.writeMemory(pointer, bytes, { ...options, memory })),
    pages: (options) => use((instance) => instance.memoryPages({ ...options, memory })),
    grow: (pages, options) => use((instance) => instance.growMemory(pages, { ...options, memory })),
  };
}
