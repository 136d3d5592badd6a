import { InvalidGuestError } from '../../errors/guest-errors.js';
import { ImportMismatchError } from '../../errors/link-errors.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { Limits } from '../../limits/limits.js';
import { GuestMemory } from '../../memory/guest-memory.js';
import { boundGuest } from '../../module-types/bound-guest.js';
import { largestMemory } from '../../module-types/external-types.js';
import { TableBudget, type TableShare } from '../../module-types/table-budget.js';
import type { Plugin } from '../../plugin/plugin.js';
import type { CallState } from '../call-state.js';
import { carriesReferences } from '../carries-references.js';
import type { Engine, EngineInstance, ImportResolver, LoadedNativePlugin, PreparedGuest } from '../engine.js';
import { needStack } from '../stack-probe.js';
import { V8Caller } from './v8-caller.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import { wrapV8Import } from './v8-import.js';
import { V8Instance } from './v8-instance.js';
import { v8MemorySource } from './v8-memory.js';
import { V8References } from './v8-references.js';

/** What holds the tables of an instance besides itself. */
interface TableHold {
  readonly share: TableShare;
  readonly providers: readonly TableHold[];
  /** Whether others may have been given references to what is in it. */
  readonly isReachedByOthers: boolean;
  /** How many instances import from it that have not let go themselves. */
  importers: number;
  isDisposed: boolean;
}

/** Node's own WebAssembly as an engine. */
export class V8Engine implements Engine {
  readonly name = 'v8';
  readonly #state: CallState;
  readonly #references: V8References;
  readonly #memoryPages: number;
  readonly #tables = new TableBudget();
  readonly #holds = new WeakMap<V8Instance, TableHold>();
  readonly #instances = new Set<V8Instance>();

  constructor(state: CallState, limits: Limits) {
    this.#state = state;
    this.#references = new V8References(state);
    this.#memoryPages = limits.memoryPages ?? largestMemory(false);
  }

  addNativePlugin(plugin: Plugin): LoadedNativePlugin {
    throw new UnsupportedByEngineError(
      `The native plug-in ${plugin.name} needs libwasmedge: use engine: 'wasmedge', or provider: 'embedded' on engine v8.`,
    );
  }

  instantiate(guest: PreparedGuest, resolve: ImportResolver): EngineInstance {
    const caller = new V8Caller(guest.label, guest.types);
    const { bytes, share } = boundGuest(guest.bytes, this.#memoryPages, this.#tables);
    let hold: TableHold | undefined;
    try {
      const module = this.#compile(guest.label, bytes);
      const { imports, memory, providers, isReachedByOthers } = this.#imports(guest, resolve, caller);
      hold = {
        share,
        providers: this.#holdsOf(providers),
        isReachedByOthers,
        importers: 0,
        isDisposed: false,
      };
      for (const provider of hold.providers) provider.importers++;
      if (memory !== undefined) caller.bound = new GuestMemory(v8MemorySource(memory, () => {}));
      const instance = new V8Instance(
        guest,
        this.#run(guest, module, imports),
        memory,
        this.#state,
        this.#references,
        (ended) => {
          if (this.#instances.delete(ended)) this.#end(this.#holds.get(ended));
        },
      );
      caller.bound = instance.memory;
      caller.isStarting = false;
      this.#holds.set(instance, hold);
      this.#instances.add(instance);
      return instance;
    } catch (error) {
      if (hold === undefined) this.#tables.giveBack(share);
      else this.#end(hold);
      throw error;
    }
  }

  #holdsOf(instances: readonly V8Instance[]): TableHold[] {
    return [...new Set(instances)].flatMap((instance) => this.#holds.get(instance) ?? []);
  }

  #end(hold: TableHold | undefined): void {
    if (hold === undefined) return;
    hold.isDisposed = true;
    this.#giveBackUnheld(hold);
  }

  /** Gives back the tables that no guest can reach any more, and with them those that only it imported. */
  #giveBackUnheld(hold: TableHold): void {
    const { share, providers, isReachedByOthers, importers, isDisposed } = hold;
    if (!isDisposed || importers > 0 || isReachedByOthers || this.#references.areHeldByGuests) return;
    this.#tables.giveBack(share);
    for (const provider of providers) {
      provider.importers--;
      this.#giveBackUnheld(provider);
    }
  }

  [Symbol.dispose](): void {
    for (const instance of this.#instances) {
      instance[Symbol.dispose]();
    }
    this.#instances.clear();
  }

  #compile(label: string, bytes: Uint8Array): WebAssembly.Module {
    try {
      return new WebAssembly.Module(bytes as BufferSource);
    } catch (cause) {
      throw new InvalidGuestError(
        `The guest ${label} is not valid WebAssembly: ${(cause as Error).message}.`,
        { cause },
      );
    }
  }

  #run(guest: PreparedGuest, module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Exports {
    this.#state.depth++;
    try {
      needStack(0);
      const { exports } = new WebAssembly.Instance(module, imports);
      throwCaughtHostError(this.#state);
      return exports;
    } catch (error) {
      if (error instanceof WebAssembly.LinkError) {
        throw new ImportMismatchError(
          `An import of the guest ${guest.label} does not fit what provides it: ${error.message}.`,
          {
            cause: error,
          },
        );
      }
      throw translateV8Error(error, this.#state, guest.label);
    } finally {
      this.#state.hostError = undefined;
      if (--this.#state.depth === 0 && this.#state.waiting) {
        this.#state.becomeIdle();
      }
    }
  }

  #imports(guest: PreparedGuest, resolve: ImportResolver, caller: V8Caller) {
    // Without prototypes, since guests choose the names: "__proto__" would be a setter.
    const imports: WebAssembly.Imports = Object.create(null);
    const providers: V8Instance[] = [];
    let isReachedByOthers = false;
    let memory: WebAssembly.Memory | undefined;
    for (const { module, name, type } of guest.types.imports) {
      const provider = resolve(module, name);
      let value: WebAssembly.ImportValue | undefined;
      if (provider.kind === 'host') {
        value = wrapV8Import(name, caller.guard(provider.function), caller, this.#state, this.#references);
      } else if (provider.kind === 'guest') {
        const instance = provider.instance as V8Instance;
        providers.push(instance);
        isReachedByOthers ||= carriesReferences(type);
        value = instance.raw[name];
      }
      if (value instanceof WebAssembly.Memory) {
        memory ??= value;
      }
      imports[module] ??= Object.create(null) as WebAssembly.ModuleImports;
      imports[module][name] = value as WebAssembly.ImportValue;
    }
    return { imports, memory, providers, isReachedByOthers };
  }
}
