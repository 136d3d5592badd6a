import type { HostFunction } from '../host-module/host-module.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import type { ModuleTypes } from '../module-types/module-types.js';
import type { ImportName } from '../module-types/rewrite-guest.js';
import type { Plugin } from '../plugin/plugin.js';
import type { PluginDescription, PluginModuleDescription } from '../plugin-description/plugin-description.js';
import type { VerificationMethod } from '../plugin-trust/verify-plugin.js';
import type { GuestGlobal } from '../values/guest-global.js';
import type { GuestTable } from '../values/guest-table.js';
import type { GuestCode } from './guest-code.js';
import type { GuestCodes } from './guest-codes.js';

/** The engine that executes a guest: Node's own WebAssembly, or libwasmedge. */
export type EngineName = 'v8' | 'wasmedge';

/** A guest whose bytes were read. */
export interface OpenGuestCode {
  /** What messages call it: its file name, or `(bytes)`. */
  readonly label: string;
  /** What messages call its instance. Default: the instance of the guest. */
  readonly instanceLabel?: string;
  /** Held by the caller. */
  readonly code: GuestCode;
}

/** A guest whose imports are all provided. */
export interface PreparedGuest extends OpenGuestCode {
  readonly imports: ImportPlan;
}

/** Who serves the imports of a guest. */
export interface ImportPlan {
  /** The types of the guest, its imports by the names under which the engine finds them. */
  readonly types: ModuleTypes;
  /** Those of the names that are not the guest's own, by the index of the import; absent where there are none. */
  readonly names: ReadonlyMap<number, ImportName> | undefined;
  /** In the order of the imports. */
  readonly providers: readonly ImportProvider[];
}

/** Where one import of a guest is served from. */
export type ImportProvider =
  | { readonly kind: 'host'; readonly function: HostFunction }
  /** A memory, global, table or tag of a host module. */
  | { readonly kind: 'object'; readonly instance: EngineInstance }
  | { readonly kind: 'guest'; readonly instance: EngineInstance }
  | { readonly kind: 'native' };

/** A function that a guest exports, as JavaScript calls it: arguments checked, disposal checked, errors translated. */
export type ExportedFunction = (...args: never[]) => unknown;

/** An instance inside an engine. */
export interface EngineInstance extends Disposable {
  readonly types: ModuleTypes;
  /** Exported functions by name; made when they are first asked for. */
  readonly functions: ReadonlyMap<string, ExportedFunction>;
  /** Memory 0. */
  readonly memory: GuestMemory | undefined;
  memoryNamed(name: string): GuestMemory | undefined;
  globalNamed(name: string): GuestGlobal | undefined;
  tableNamed(name: string): GuestTable | undefined;
}

/** What a native plug-in turned out to be, once loaded. */
export interface LoadedNativePlugin {
  /** Its WasmEdge name. */
  readonly name: string;
  readonly path: string;
  readonly moduleNames: readonly string[];
  /** What vouches for the file. */
  readonly verifiedBy: readonly VerificationMethod[];
  describe(): PluginDescription;
  /** Makes a guest whose exports are the functions of one of its modules, which other guests cannot import: for a plug-in with a guard. */
  open(module: PluginModuleDescription): EngineInstance;
}

/** One runtime's part of an engine. */
export interface Engine extends Disposable {
  readonly name: EngineName;
  /** The libwasmedge in use. */
  readonly library?: { readonly path: string; readonly version: string };
  /** The guests that the engine knows. */
  readonly guests: GuestCodes;
  /** Loads a native plug-in and registers its modules. */
  addNativePlugin(plugin: Plugin): LoadedNativePlugin;
  /**
   * Throws unless a guest is valid as it is, whatever it imports.
   *
   * @throws {InvalidGuestError} when it is not.
   */
  refuseInvalid(guest: OpenGuestCode): void;
  /**
   * Makes the memories, globals, tables and tags of a host module, for guests that import them under its name. `module` defines and exports
   * them; they live as long as the runtime. Several modules of one name are parts of one host module.
   */
  provideObjects(module: PreparedGuest, name: string): EngineInstance;
  /** Instantiates; with a name, later guests may import its exports under it. */
  instantiate(guest: PreparedGuest, name: string | undefined): EngineInstance;
}

/** Compiles guests for an engine before there is a runtime. */
export interface GuestCompiler {
  readonly guests: GuestCodes;
  /** Makes the form of a guest that a runtime with these limits wants first, outside of this thread. */
  compile(label: string, code: GuestCode): Promise<void>;
}
