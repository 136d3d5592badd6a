import type { ExportedAs } from '../recipe/exported-as.js';
import type { NativeGuard } from './native-guard.js';
import type { NativeOptionValue, Plugin, PluginInstance, ProviderName } from './plugin.js';
import type { PluginCommandLine, PluginLibrary } from './plugin-command-line.js';
import type { PluginContext } from './plugin-context.js';
import type { PluginOptionDefinitions, PluginOptionValues } from './plugin-option.js';
import type { PluginRelease } from './plugin-release.js';
import type { SocketPolicy } from './socket-policy.js';

/** What `definePlugin` is told. */
export interface PluginDefinition<
  Definitions extends PluginOptionDefinitions,
  Members extends object = object,
  Choice extends ProviderChoice = ProviderChoice,
> {
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
  /** The libraries that it needs on the machine, for `wasmedge-plugins doctor`; see {@link PluginCommandLine.libraries}. Default: none. */
  readonly libraries?: (() => readonly PluginLibrary[]) | undefined;
  /**
   * Decides where the functions come from for callers who give `provider: 'auto'`, which can be given only where this is there. Default: callers choose
   * themselves.
   *
   * @param nativePath the file of the native plug-in, when the caller has named one.
   */
  chooseProvider?(values: PluginOptionValues<Definitions>, nativePath: string | undefined): Choice;
  /**
   * Says what is wrong with options that are right one by one, and not together or with the provider; `undefined` when nothing is. The text becomes an
   * `InvalidArgumentError`. Default: any go together.
   *
   * @throws {InvalidArgumentError} where it reads an option further than its kind does; the caller gets it.
   */
  check?(values: PluginOptionValues<Definitions>, chosen: ChosenOptions<Definitions>): string | undefined;
  /**
   * Makes state and host modules for one runtime. What is made in here belongs to the runtime; what belongs to one instance of a guest is made by
   * {@link PluginContext.perInstance}.
   *
   * @throws {WasmEdgePluginsError} when the plug-in cannot work on this machine; `createRuntime` ends with it.
   */
  create(options: PluginOptionValues<Definitions>, context: PluginContext): PluginInstance;
  /**
   * What the plug-in has besides what every plug-in has: functions that the program calls on it, or what `combine` looks at. Default: nothing.
   *
   * @throws {InvalidArgumentError} for options that cannot be; the caller gets it.
   */
  members?(values: PluginOptionValues<Definitions>, chosen: ChosenOptions<Definitions>): Members;
  /**
   * Makes `create` of the one embedded plug-in that several of this WasmEdge name become in a runtime, whoever defined them. Default: a second one is an error.
   *
   * @param plugins those that were given, in their order; `members` has given them what is needed here.
   * @throws {InvalidArgumentError} for plug-ins that do not go together; `createRuntime` ends with it.
   */
  combine?(plugins: readonly Plugin[]): (context: PluginContext) => PluginInstance;
}

/** What a plug-in decides for `provider: 'auto'`. */
export interface ProviderChoice {
  /** Where the functions come from. */
  readonly provider: ProviderName;
  /** Why, for `runtime.report()`. */
  readonly reason: string;
  /** File of the native plug-in, when one was found. Default: the one that the caller has named. */
  readonly nativePath?: string | undefined;
}

/** What the caller chose, besides the values of options. */
export interface ChosenOptions<Definitions extends PluginOptionDefinitions> {
  /** What takes the options, for messages: `httpsReqPlugin()`. */
  readonly subject: string;
  /** Where the functions are to come from. With `provider: 'auto'`, what was chosen. */
  readonly provider: ProviderName;
  /** File of the native plug-in, when it was named or found. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
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
export interface ProviderOptions<Provider extends string = ProviderName> {
  /** Where the functions come from; `auto`, where there is one, leaves it to the plug-in. Default: `embedded`. */
  readonly provider?: Provider | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

/** A plug-in that `definePlugin` made: called with options, it gives what goes into `createRuntime({ plugins })`. */
export interface DefinedPlugin<Options extends object, Made extends Plugin = Plugin> {
  /** @throws {InvalidArgumentError} for an unknown option, a value that cannot be, or options that do not go together. */
  (options?: Options): Made;
  /** What its package exports as `commandLine` from the subpath `/cli`. */
  readonly commandLine: PluginCommandLine;
}
