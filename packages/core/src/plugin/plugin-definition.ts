import type { ExportedAs } from '../recipe/exported-as.js';
import type { NativeGuard } from './native-guard.js';
import type { NativeOptionValue, Plugin, PluginInstance, ProviderName } from './plugin.js';
import type { PluginCommandLine } from './plugin-command-line.js';
import type { PluginContext } from './plugin-context.js';
import type { PluginOptionDefinitions, PluginOptionValues } from './plugin-option.js';
import type { PluginRelease } from './plugin-release.js';
import type { SocketPolicy } from './socket-policy.js';

/** What `definePlugin` is told. */
export interface PluginDefinition<Definitions extends PluginOptionDefinitions> {
  /** The plug-in's WasmEdge name. */
  readonly name: string;
  /** Names of the wasm modules that guests import from it; `create` must make exactly these. */
  readonly moduleNames: readonly string[];
  /** The options it takes; `provider` and `nativePath` are there already. Default: none. */
  readonly options?: Definitions;
  /**
   * Where what `definePlugin` returns is exported: so the plug-in is made again in another thread or process, and messages name the function. A module exports it
   * as `{ module: import.meta.url, export: 'myPlugin' }`; a package, whose files may be bundled in pieces, as
   * `{ package: 'my-package', from: import.meta.url, export: 'myPlugin' }`. Default: nowhere, it serves where it was made only.
   */
  readonly exportedAs?: ExportedAs | undefined;
  /** The native plug-in, where there is one. Default: there is none. */
  readonly native?: NativeDefinition<Definitions> | undefined;
  /** Where the native plug-in is released, for `wasmedge-plugins doctor`. Default: nowhere. */
  readonly releases?: readonly PluginRelease[] | undefined;
  /**
   * Says what is wrong with options that are right one by one, and not together or with the provider; `undefined` when nothing is. The text becomes an
   * `InvalidArgumentError`. Default: any go together.
   */
  check?(values: PluginOptionValues<Definitions>, chosen: ChosenOptions<Definitions>): string | undefined;
  /** Makes state and host modules for one runtime. State belongs to the runtime: make it in here. */
  create(options: PluginOptionValues<Definitions>, context: PluginContext): PluginInstance;
}

/** What the caller chose, besides the values of options. */
export interface ChosenOptions<Definitions extends PluginOptionDefinitions> {
  /** Where the functions are to come from. */
  readonly provider: ProviderName;
  /** Names of the options that were given, and so do not have their defaults. */
  readonly given: ReadonlySet<keyof Definitions>;
}

/** The native plug-in that does what a defined plug-in does. */
export interface NativeDefinition<Definitions extends PluginOptionDefinitions> {
  /** Its file name without platform prefix and suffix: `wasmedgePluginWasmEdgeProcess`. */
  readonly fileName: string;
  /** Said once per process when it is loaded: its known defects. Default: nothing. */
  readonly warning?: string | undefined;
  /**
   * The values of its options, by the names that it gives them. Default: all options that are texts, numbers, booleans and lists of texts, by their
   * names in kebab-case.
   */
  options?(values: PluginOptionValues<Definitions>): Readonly<Record<string, NativeOptionValue>>;
  /** Makes the guard of its modules for these options. Default: guests import its own modules. */
  guard?(values: PluginOptionValues<Definitions>): NativeGuard;
  /** Makes what guests may do with WASI sockets because of it. Default: nothing. */
  sockets?(values: PluginOptionValues<Definitions>, context: PluginContext): SocketPolicy;
}

/** What every defined plug-in takes besides its own options. */
export interface ProviderOptions {
  /** Where the functions come from. Default: `embedded`. */
  readonly provider?: ProviderName | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

/** A plug-in that `definePlugin` made: called with options, it gives what goes into `createRuntime({ plugins })`. */
export interface DefinedPlugin<Options extends object> {
  /** @throws {InvalidArgumentError} for an unknown option, a value that cannot be, or options that do not go together. */
  (options?: Options): Plugin;
  /** What its package exports as `commandLine` from the subpath `/cli`. */
  readonly commandLine: PluginCommandLine;
}
