import type { Limits } from '../../limits/limits.js';
import type { Logger } from '../../logger/logger.js';
import { GuestMemory } from '../../memory/guest-memory.js';
import { boundGuest } from '../../module-types/bound-guest.js';
import { largestMemory } from '../../module-types/external-types.js';
import type { ModuleImport } from '../../module-types/module-types.js';
import { type GuestChanges, rewriteGuest, unchanged } from '../../module-types/rewrite-guest.js';
import { TableBudget, type TableShare } from '../../module-types/table-budget.js';
import { type Library, openLibrary } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { clearOpenSslErrors, withoutOpenSslErrors } from '../../native/openssl-errors.js';
import { describeNativePlugin } from '../../native/plugins/describe-native-plugin.js';
import { loadNativePlugin } from '../../native/plugins/load-native-plugin.js';
import { createPluginModules } from '../../native/plugins/plugin-modules.js';
import type { Plugin } from '../../plugin/plugin.js';
import { forwardingGuest } from '../../plugin-description/forwarding-guest.js';
import type { PluginModuleDescription } from '../../plugin-description/plugin-description.js';
import type { Trust } from '../../plugin-trust/trust.js';
import type { Signature } from '../../values/signature.js';
import { type CallState, refuseDisposed } from '../call-state.js';
import type {
  Engine,
  EngineInstance,
  ExportedFunction,
  ImportPlan,
  ImportProvider,
  LoadedNativePlugin,
  OpenGuestCode,
  PreparedGuest,
} from '../engine.js';
import { codeFormFor } from './aot/code-form.js';
import type { CompiledCodeUse } from './aot/compiled-code.js';
import { CompiledGuests, interpreted } from './aot/compiled-guests.js';
import { requireInlineAot } from './aot/require-inline-aot.js';
import { runCompiled } from './aot/run-compiled.js';
import { CallGuard, prepareLimits } from './call-guard.js';
import { callLimits } from './call-limits.js';
import { EngineState } from './engine-state.js';
import { FrameInstances } from './frame-instances.js';
import { FrameMemories } from './frame-memories.js';
import { functionOrigins } from './function-origins.js';
import { GuestFunctions } from './guest-functions.js';
import { HostModules } from './host-modules.js';
import type { InstanceLife } from './instance-life.js';
import { InstanceLinks } from './instance-links.js';
import type { InstanceOwner, OwnedInstance } from './instance-owner.js';
import { ReferenceTable } from './reference-table.js';
import { namesInStore } from './store-names.js';
import { WasmEdgeCaller } from './wasmedge-caller.js';
import { instantiationError } from './wasmedge-error.js';
import { type WasmEdgeGuest, type WasmEdgeGuests, wasmEdgeGuests } from './wasmedge-guests.js';
import { wrapWasmEdgeImport } from './wasmedge-import.js';
import { WasmEdgeInstance } from './wasmedge-instance.js';
import { wasmEdgeMemorySource } from './wasmedge-memory.js';
import { type NamedInstance, WasmEdgeObjects } from './wasmedge-objects.js';

export { wasmEdgeCompiler } from './wasmedge-guests.js';

/** What an engine is made with. */
export interface WasmEdgeSetup {
  readonly calls: CallState;
  readonly limits: Limits;
  readonly libraryPath: string | undefined;
  readonly trust: Trust;
  /** For what there is to say about plug-ins. */
  readonly logger: Logger;
  /** For the library's own log, if somebody wants it. */
  readonly libraryLogger: Logger | undefined;
  /** Who has compiled code; without it every guest is interpreted. */
  readonly compiledCode: CompiledCodeUse | undefined;
}

/** How one guest is instantiated. */
interface Instantiation {
  readonly name?: string | undefined;
  readonly store?: Pointer;
  /** Its native code, where it is not interpreted. */
  readonly section?: Uint8Array | undefined;
}

/** libwasmedge as an engine. */
export class WasmEdgeEngine implements Engine, InstanceOwner {
  readonly name = 'wasmedge';
  readonly library: Library;
  readonly guests: WasmEdgeGuests;
  readonly references: ReferenceTable;
  readonly #objects: WasmEdgeObjects;
  readonly #state: EngineState;
  readonly #guard: CallGuard;
  readonly #hostModules: HostModules;
  readonly #memories: FrameMemories;
  readonly #callers: FrameInstances;
  readonly #functions: GuestFunctions;
  readonly #caller: WasmEdgeCaller;
  readonly #memoryPages: number;
  readonly #trust: Trust;
  readonly #logger: Logger;
  readonly #libraryLogger: Logger | undefined;
  readonly #tables = new TableBudget();
  readonly #instances = new Map<OwnedInstance, TableShare>();
  readonly #pluginModules: Pointer[] = [];
  readonly #compiled: CompiledGuests | undefined;

  constructor(setup: WasmEdgeSetup) {
    const { calls, limits, libraryPath, trust, logger, compiledCode } = setup;
    if (compiledCode?.isExpendable === false) requireInlineAot(limits);
    const library = openLibrary(libraryPath);
    const bounds = callLimits(limits);
    // First: it may fail, and nothing is to be freed yet.
    prepareLimits(library, bounds);
    this.library = library;
    this.guests = wasmEdgeGuests(library);
    this.guests.begin();
    this.#trust = trust;
    this.#logger = logger;
    this.#libraryLogger = setup.libraryLogger;
    this.#compiled = compiledCode && new CompiledGuests(library, compiledCode, codeFormFor(limits));
    this.#memoryPages = limits.memoryPages ?? largestMemory(false);
    this.#objects = new WasmEdgeObjects(library, this.#memoryPages);
    this.#state = new EngineState(calls);
    this.#guard = new CallGuard(library, this.#objects.statistics, this.#state, bounds);
    this.#hostModules = new HostModules(library, (instance) => this.#objects.registerImport(instance));
    this.#memories = new FrameMemories(library, this.#state);
    this.#callers = new FrameInstances(library, this.#memories, (pointer) => this.#hostModules.has(pointer));
    this.#functions = new GuestFunctions(
      () => ({
        library,
        executor: this.#objects.executor,
        state: this.#state,
        guard: this.#guard,
        references: this.references,
      }),
      this.#compiled !== undefined,
    );
    this.references = new ReferenceTable(this.#functions, this.#state);
    this.#caller = new WasmEdgeCaller(this.#callers);
  }

  addNativePlugin(plugin: Plugin): LoadedNativePlugin {
    this.#guard.hasNativePlugins = true;
    if (this.#compiled !== undefined) this.#compiled.hasNativePlugins = true;
    // Native code may keep what it is given.
    this.references.beginKeeper();
    const { log } = this.library;
    if (log !== undefined && this.#libraryLogger !== undefined) {
      this.#guard.libraryLog = { log, logger: this.#libraryLogger };
    }
    const { libraryLog } = this.#guard;
    libraryLog?.log.begin();
    try {
      return this.#addNativePlugin(plugin);
    } finally {
      clearOpenSslErrors();
      libraryLog?.log.end(libraryLog.logger);
    }
  }

  refuseInvalid({ label, code }: OpenGuestCode): void {
    const bytes = rewriteGuest(code.reading, unchanged);
    const parsed = this.#objects.parse(bytes, () => this.#state.calls.refuseLateGuest(label));
    if (typeof parsed !== 'number') parsed.release();
    else this.#guard.fail(parsed, label, instantiationError);
  }

  provideObjects(guest: PreparedGuest, name: string): EngineInstance {
    const { label, code, imports } = guest;
    const { changes, share } = boundGuest(code.reading, this.#memoryPages, this.#tables, undefined);
    const { keepsExternrefs } = imports.types;
    if (keepsExternrefs) this.references.beginKeeper();
    let made: NamedInstance;
    try {
      made = this.#run(label, code as WasmEdgeGuest, changes, { name });
    } catch (error) {
      this.#giveBack(share, keepsExternrefs);
      throw error;
    }
    const { pointer, name: nameInStore = name } = made;
    if (nameInStore === name) this.#hostModules.adopt(name, pointer);
    const links = new InstanceLinks();
    links.nameInStore = nameInStore;
    return this.#wrap(guest, pointer, links, share);
  }

  instantiate(guest: PreparedGuest, name: string | undefined): EngineInstance {
    const { label, code, imports } = guest;
    const { section, mayRunCompiled } = this.#compiled?.choose(guest) ?? interpreted;
    const { changes, share } = boundGuest(
      code.reading,
      this.#memoryPages,
      this.#tables,
      namesInStore(imports),
    );
    const { keepsExternrefs } = imports.types;
    if (keepsExternrefs) this.references.beginKeeper();
    let links: InstanceLinks | undefined;
    let pointer: Pointer;
    const { mark } = this.#callers;
    try {
      links = this.#provideImports(imports);
      const run = () => this.#run(label, code as WasmEdgeGuest, changes, { name, section });
      const made = mayRunCompiled && imports.types.hasStart ? runCompiled(this.library, label, run) : run();
      pointer = made.pointer;
      if (made.name !== undefined) links.nameInStore = made.name;
      links.origins = functionOrigins(imports, code.reading.reexports);
    } catch (error) {
      // What a start function left in tables of other guests lives as long as they.
      if (links?.isReachedByOthers !== true) this.#giveBack(share, keepsExternrefs);
      this.#functions.end(undefined);
      const alive = new Set([...this.#instances.keys()].map((each) => each.pointer));
      for (const ended of this.#callers.endSince(mark, (each) => alive.has(each))) {
        this.#state.calls.endInstance(() => ended);
      }
      throw error;
    }
    const instance = this.#wrap(guest, pointer, links, share);
    instance.life.mayRunCompiled = mayRunCompiled;
    try {
      this.#state.calls.refuseLateGuest(label);
    } catch (error) {
      instance[Symbol.dispose]();
      throw error;
    }
    return instance;
  }

  wrapExport(
    instance: OwnedInstance,
    name: string,
    signature: Signature | undefined,
    label: string,
  ): ExportedFunction {
    const { c, strings } = this.library;
    const pointer = Number(c.ModuleInstanceFindFunction(instance.pointer, strings.pass(name)));
    const { life, links } = instance;
    const origin = links.origins?.get(name);
    const owner = origin === undefined ? life : origin.owner;
    return this.#functions.wrap({ name, signature, pointer, life, label }, owner);
  }

  forgetPending(instance: OwnedInstance): void {
    this.#functions.pending.delete(instance);
  }

  memoryAt(pointer: Pointer, life: InstanceLife): GuestMemory {
    life.memories ??= new Set();
    if (!life.memories.has(pointer)) {
      life.memories.add(pointer);
      this.#guard.addMemory(pointer);
    }
    return new GuestMemory(wasmEdgeMemorySource(this.library, pointer, this.#state, life));
  }

  release(instance: OwnedInstance): void {
    this.#state.calls.endInstance(() => this.#callers.at(instance.pointer));
    if (!instance.links.isReachedByOthers && !this.#functions.areHeldByGuests) {
      this.#state.calls.whenIdle(() => this.#free(instance));
    }
  }

  [Symbol.dispose](): void {
    for (const instance of [...this.#instances.keys()]) {
      this.#free(instance);
    }
    this.#guard.dispose();
    this.#objects.dispose();
    this.#hostModules.dispose();
    for (const module of this.#pluginModules) {
      this.library.c.ModuleInstanceDelete(module);
    }
    this.guests.end();
  }

  #addNativePlugin(plugin: Plugin): LoadedNativePlugin {
    const loaded = loadNativePlugin(this.library, plugin, this.#trust, this.#logger);
    const { name } = loaded.descriptor;
    const modules = createPluginModules(this.library, name);
    for (const { instance } of modules) {
      this.#pluginModules.push(instance);
      this.#objects.registerImport(
        instance,
        plugin.native?.guard === undefined ? undefined : this.#objects.guardedStore,
      );
    }
    return {
      name,
      path: loaded.path,
      verifiedBy: loaded.verifiedBy,
      moduleNames: modules.map((module) => module.name),
      describe: () => {
        if (this.#state.calls.disposed) {
          refuseDisposed('The runtime');
        }
        return describeNativePlugin(this.library, loaded, modules);
      },
      open: (module) => this.#openNative(module),
    };
  }

  #openNative(module: PluginModuleDescription): WasmEdgeInstance {
    const label = `in front of ${module.name}`;
    const code = this.guests.take(forwardingGuest(module, 1, 'memory'), true);
    try {
      const { types } = code.reading;
      const { changes, share } = boundGuest(code.reading, this.#memoryPages, this.#tables, undefined);
      const guest = { label, code, imports: { types, names: undefined, providers: [] } };
      const { pointer } = this.#run(label, code, changes, { store: this.#objects.guardedStore });
      return this.#wrap(guest, pointer, new InstanceLinks(), share);
    } finally {
      code.letGo();
    }
  }

  /** From here on, whatever fails, the C object is freed with the instance. */
  #wrap(guest: PreparedGuest, pointer: Pointer, links: InstanceLinks, share: TableShare): WasmEdgeInstance {
    const instance = new WasmEdgeInstance(guest, pointer, links, this);
    this.#instances.set(instance, share);
    this.#callers.begin(instance);
    this.#functions.pending.add(instance);
    try {
      instance.findMemory();
    } catch (error) {
      instance[Symbol.dispose]();
      throw error;
    }
    return instance;
  }

  #giveBack(share: TableShare, keepsExternrefs: boolean): void {
    this.#tables.giveBack(share);
    if (keepsExternrefs) this.references.endKeeper();
  }

  #free(instance: OwnedInstance): void {
    const share = this.#instances.get(instance);
    if (share !== undefined) {
      this.#instances.delete(instance);
      // What waits must not reach the instance, whose memory would keep the views alive.
      const { pointer, life } = instance;
      const { keepsExternrefs } = instance.types;
      const { providers } = instance.links;
      const { c } = this.library;
      const giveBack = () => this.#giveBack(share, keepsExternrefs);
      this.#functions.pending.delete(instance);
      for (const memory of life.memories ?? []) {
        this.#guard.removeMemory(memory);
      }
      life.end();
      this.#callers.leave(pointer);
      const functions = this.#functions;
      // Views of the memory may have been handed out by the instance and by calling frames; both must be gone.
      this.#memories.end(() =>
        life.whenUnused(() => {
          functions.end(life);
          this.#callers.end(pointer);
          c.ModuleInstanceDelete(pointer);
          giveBack();
          for (const provider of providers ?? []) provider.letGo();
        }),
      );
    }
  }

  #provideImports({ types, providers }: ImportPlan): InstanceLinks {
    const links = new InstanceLinks();
    const { valueTypes } = this.library;
    for (let index = 0; index < providers.length; index++) {
      const { module, name, type } = types.imports[index] as ModuleImport;
      const provider = providers[index] as ImportProvider;
      if (provider.kind === 'host') {
        const target = provider.function;
        this.#hostModules.provide(module, name, target, () => {
          const handler = wrapWasmEdgeImport(
            module,
            name,
            target,
            this.#caller,
            this.#state,
            this.references,
            valueTypes,
          );
          return this.#guard.hasNativePlugins ? withoutOpenSslErrors(handler) : handler;
        });
      } else if (provider.kind !== 'native') {
        links.importFrom(provider.instance as WasmEdgeInstance, name, type);
      }
    }
    return links;
  }

  #run(
    label: string,
    guest: WasmEdgeGuest,
    changes: GuestChanges,
    { name, store, section }: Instantiation,
  ): NamedInstance {
    const { calls } = this.#state;
    if (calls.depth === 0) {
      this.#guard.begin();
    }
    calls.depth++;
    try {
      const goOn = () => calls.refuseLateGuest(label);
      const fail = (code: number) => this.#guard.fail(code, label, instantiationError);
      const parse = (bytes: Uint8Array) => {
        const parsed =
          section === undefined
            ? this.#objects.parse(bytes, goOn)
            : this.#objects.parseCompiled(Buffer.concat([bytes, section]), goOn);
        return typeof parsed === 'number' ? fail(parsed) : parsed;
      };
      const module = guest.form(changes, parse, section && this.#compiled?.form);
      goOn();
      const result = this.#objects.instantiate(module, name, store);
      this.#state.epoch++;
      return 'pointer' in result ? result : fail(result.code);
    } finally {
      if (--calls.depth === 0) {
        this.#guard.end();
      }
    }
  }
}
