import type { Engine, EngineInstance } from '../engines/engine.js';
import { printableName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { HostModule } from '../host-module/host-module.js';
import {
  type HostObject,
  type HostObjectAccess,
  isHostObject,
  type ReachableHostObject,
} from '../host-module/host-object.js';
import { describeValue } from '../values/check-arguments.js';
import { type MadeHostObjects, makeHostObjects } from './make-host-objects.js';

/** Where a runtime has what it has made of an object. */
export interface HostObjectPlace {
  readonly module: string;
  readonly name: string;
}

/** The objects of host modules by what they were declared as. */
export class HostObjectPlaces {
  readonly #places = new Map<HostObject, HostObjectPlace>();

  /** Whether any of them can change. */
  get haveMutable(): boolean {
    return [...this.#places.keys()].some(
      (object) => object.kind !== 'tag' && (object.kind !== 'global' || object.mutable),
    );
  }

  /** @throws {InvalidArgumentError} for an object that another module has too, which would be two in a runtime. */
  add({ name: module, objects = {} }: HostModule): void {
    for (const [name, object] of Object.entries(objects)) {
      const known = this.#places.get(object);
      if (known !== undefined && known.module !== module) {
        throw new InvalidArgumentError(
          `The host modules ${printableName(known.module)} and ${printableName(module)} have the same ${object.kind}, which only one module can have; create another one.`,
        );
      }
      this.#places.set(object, known ?? { module, name });
    }
  }

  /** @throws {InvalidArgumentError} for what no host module of the runtime has, and for a tag. */
  of(object: unknown): HostObjectPlace {
    if (!isHostObject(object) || object.kind === 'tag') {
      const what = isHostObject(object) ? 'a tag, which only guests use' : describeValue(object);
      throw new InvalidArgumentError(
        `hostObject() takes what hostMemory(), hostGlobal() or hostTable() returned, not ${what}.`,
      );
    }
    const place = this.#places.get(object);
    if (place === undefined) {
      throw new InvalidArgumentError(
        `This runtime has no such ${object.kind}: no module in its option hostModules contains it. Pass the same object to hostModule() and to hostObject().`,
      );
    }
    return place;
  }
}

/** The memories, globals, tables and tags that a runtime has made for its host modules. */
export class RuntimeHostObjects {
  readonly #engine: Engine;
  readonly #places = new HostObjectPlaces();
  readonly #made = new Map<string, MadeHostObjects>();
  readonly #memoryPages: number;

  /** @param memoryPages how large the memories of one module may become together. */
  constructor(engine: Engine, memoryPages: number) {
    this.#engine = engine;
    this.#memoryPages = memoryPages;
  }

  /**
   * Makes what a host module has.
   *
   * @throws {MemoryLimitError} when that is larger than the runtime allows.
   * @throws {UnsupportedByEngineError} when the engine cannot make it.
   */
  make(module: HostModule): MadeHostObjects | undefined {
    const { name, objects = {} } = module;
    if (Object.keys(objects).length === 0) return undefined;
    this.#places.add(module);
    const made = makeHostObjects(this.#engine, name, objects, this.#memoryPages);
    this.#made.set(name, made);
    return made;
  }

  /** Whether guests can leave something in what was made. */
  get keepState(): boolean {
    return this.#places.haveMutable;
  }

  /** What was made of an object. */
  access<Made extends ReachableHostObject>(object: Made): HostObjectAccess<Made> {
    const { module, name } = this.#places.of(object);
    const instance = this.instance({ module, name });
    const find = { memory: 'memoryNamed', global: 'globalNamed', table: 'tableNamed' } as const;
    return instance[find[object.kind]](name) as HostObjectAccess<Made>;
  }

  /** What exports it. */
  instance({ module, name }: HostObjectPlace): EngineInstance {
    return this.#made.get(module)?.get(name) as EngineInstance;
  }
}
