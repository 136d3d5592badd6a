import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { printableName } from '../../errors/printable.js';
import type { HostModule } from '../../host-module/host-module.js';
import type { ReachableHostObject } from '../../host-module/host-object.js';
import { HostObjectPlaces } from '../../runtime/host-objects.js';
import type { PlacedHostMemory } from '../interface/placed-host-object.js';
import type { PlacedGlobal } from '../interface/placed-runtime.js';
import type { Member } from './member.js';
import type { RemoteInstance } from './remote-instance.js';

/** Has a member make an instance of a host module's objects known; tells which member it was. */
type Describe = (module: string) => Promise<{ readonly home: Member; readonly instance: RemoteInstance }>;

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
    return {
      get: async (options) => (await this.#instance(module)).exportedGlobal(name).get(options),
      set: async (value, options) => (await this.#instance(module)).exportedGlobal(name).set(value, options),
    };
  }

  #memory(module: string, memory: string): PlacedHostMemory {
    return {
      read: async (pointer, length, options) =>
        (await this.#instance(module)).readMemory(pointer, length, { ...options, memory }),
      write: async (pointer, bytes, options) =>
        (await this.#instance(module)).writeMemory(pointer, bytes, { ...options, memory }),
      pages: async (options) => (await this.#instance(module)).memoryPages({ ...options, memory }),
      grow: async (pages, options) =>
        (await this.#instance(module)).growMemory(pages, { ...options, memory }),
    };
  }

  async #instance(module: string): Promise<RemoteInstance> {
    const member = this.#current();
    const known = member && this.#known.get(member)?.get(module);
    if (known !== undefined) return known;
    const { home, instance } = await this.#describe(module);
    this.#known.set(home, (this.#known.get(home) ?? new Map()).set(module, instance));
    return instance;
  }
}
