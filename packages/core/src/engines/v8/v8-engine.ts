import { ImportMismatchError } from '../../errors/link-errors.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { Limits } from '../../limits/limits.js';
import { largestMemory } from '../../module-types/external-types.js';
import type { ModuleImport } from '../../module-types/module-types.js';
import { TableBudget } from '../../module-types/table-budget.js';
import type { Plugin } from '../../plugin/plugin.js';
import type { CallState } from '../call-state.js';
import { carriesReferences } from '../carries-references.js';
import type {
  Engine,
  EngineInstance,
  ImportPlan,
  ImportProvider,
  LoadedNativePlugin,
  OpenGuestCode,
  PreparedGuest,
} from '../engine.js';
import { noMemoryMessage } from '../no-memory.js';
import { needStack } from '../stack-probe.js';
import { V8Caller } from './v8-caller.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import { boundV8Guest, refuseInvalid, type V8Guest, v8Guests, v8Module } from './v8-guests.js';
import { type HostImport, V8HostExports } from './v8-host-exports.js';
import { wrapV8Import } from './v8-import.js';
import { type TableHold, V8Instance } from './v8-instance.js';
import { V8Life } from './v8-life.js';
import { V8References } from './v8-references.js';

const noHolds: readonly TableHold[] = [];

/** Node's own WebAssembly as an engine. */
export class V8Engine implements Engine {
  readonly name = 'v8';
  readonly guests = v8Guests;
  readonly #state: CallState;
  readonly #references: V8References;
  readonly #hostExports: V8HostExports;
  readonly #memoryPages: number;
  readonly #tables = new TableBudget();
  /** With what their host functions are called with. */
  readonly #instances = new Map<V8Instance, V8Caller>();

  constructor(state: CallState, limits: Limits) {
    this.#state = state;
    this.#references = new V8References(state);
    this.#hostExports = new V8HostExports(state, this.#references);
    this.#memoryPages = limits.memoryPages ?? largestMemory(false);
  }

  addNativePlugin(plugin: Plugin): LoadedNativePlugin {
    throw new UnsupportedByEngineError(
      `The native plug-in ${plugin.name} needs libwasmedge: use engine: 'wasmedge', or provider: 'embedded' on engine v8.`,
    );
  }

  refuseInvalid({ label, code }: OpenGuestCode): void {
    refuseInvalid(label, code.reading);
  }

  provideObjects(module: PreparedGuest): EngineInstance {
    return this.instantiate(module);
  }

  instantiate(guest: PreparedGuest): EngineInstance {
    const { label, code, imports: plan } = guest;
    const { changes, share } = boundV8Guest(code.reading, this.#memoryPages, this.#tables, plan.names);
    const life = new V8Life();
    const caller = new V8Caller(life, noMemoryMessage(`guest ${label}`));
    let hold: TableHold | undefined;
    let instance: V8Instance | undefined;
    try {
      const module = v8Module(label, code as V8Guest, changes);
      const { imports, providers, isReachedByOthers, ...links } = this.#imports(plan, caller);
      hold = {
        share,
        providers: this.#holdsOf(providers),
        isReachedByOthers,
        importers: 0,
        isDisposed: false,
      };
      for (const provider of hold.providers) provider.importers++;
      const raw = this.#run(label, () => new WebAssembly.Instance(module, imports).exports);
      const context = { state: this.#state, references: this.#references, hostExports: this.#hostExports };
      instance = new V8Instance(guest, raw, { ...links, hold }, { ...context, life, label }, this.#forget);
      caller.bound = instance.memory;
      this.#instances.set(instance, caller);
      this.#references.pending.add(instance);
      const start = changes.addedExports?.start;
      if (start !== undefined) this.#run(label, raw[start] as () => void);
      return instance;
    } catch (error) {
      if (instance !== undefined) {
        instance[Symbol.dispose]();
        throw error;
      }
      this.#state.endInstance(() => caller.instance);
      if (hold === undefined) this.#tables.giveBack(share);
      else this.#end(hold);
      throw error;
    }
  }

  #holdsOf(instances: readonly V8Instance[] | undefined): readonly TableHold[] {
    return instances === undefined ? noHolds : [...new Set(instances)].map(({ hold }) => hold);
  }

  readonly #forget = (ended: V8Instance): void => {
    const caller = this.#instances.get(ended);
    if (caller === undefined) return;
    this.#instances.delete(ended);
    this.#state.endInstance(() => caller.instance);
    const { hold } = ended;
    // Others may have functions of it, which stay what they are.
    if (hold.isReachedByOthers || hold.importers > 0 || this.#references.areHeldByGuests) ended.wrapExports();
    this.#references.pending.delete(ended);
    this.#end(hold);
  };

  #end(hold: TableHold): void {
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
    for (const instance of this.#instances.keys()) {
      instance[Symbol.dispose]();
    }
    this.#instances.clear();
  }

  #run<Result>(label: string, use: () => Result): Result {
    this.#state.depth++;
    try {
      needStack(0);
      const result = use();
      throwCaughtHostError(this.#state);
      return result;
    } catch (error) {
      if (error instanceof WebAssembly.LinkError) {
        throw new ImportMismatchError(
          `An import of the guest ${label} does not match what is provided: ${error.message}.`,
          {
            cause: error,
          },
        );
      }
      throw translateV8Error(error, this.#state, label);
    } finally {
      this.#state.hostError = undefined;
      if (--this.#state.depth === 0 && this.#state.waiting) {
        this.#state.becomeIdle();
      }
    }
  }

  #imports(plan: ImportPlan, caller: V8Caller) {
    // Without prototypes, since guests choose the names: "__proto__" would be a setter.
    const imports: WebAssembly.Imports = Object.create(null);
    let providers: V8Instance[] | undefined;
    let isReachedByOthers = false;
    let memory: WebAssembly.Memory | undefined;
    const hostImports = new Map<number, HostImport>();
    const wanted = plan.types.imports;
    for (let index = 0; index < wanted.length; index++) {
      const { module, name, type } = wanted[index] as ModuleImport;
      const provider = plan.providers[index] as ImportProvider;
      let value: WebAssembly.ImportValue | undefined;
      let host: HostImport | undefined;
      if (provider.kind === 'host') {
        host = { module, name, function: provider.function };
      } else if (provider.kind !== 'native') {
        const instance = provider.instance as V8Instance;
        providers ??= [];
        providers.push(instance);
        isReachedByOthers ||= carriesReferences(type);
        value = instance.raw[name];
        // What V8 has there calls for the other guest.
        host = instance.hostExport(name);
      }
      if (host !== undefined) {
        hostImports.set(index, host);
        value = wrapV8Import(host.module, host.name, host.function, caller, this.#state, this.#references);
      }
      if (value instanceof WebAssembly.Memory) {
        memory ??= value;
      }
      imports[module] ??= Object.create(null) as WebAssembly.ModuleImports;
      imports[module][name] = value as WebAssembly.ImportValue;
    }
    return { imports, memory, providers, isReachedByOthers, hostImports };
  }
}
