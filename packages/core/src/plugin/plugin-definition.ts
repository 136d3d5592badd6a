import type { ExportedAs } from '../recipe/exported-as.js';
import type { BackendName } from '../register/register.js';
import type { NativeGuard } from './native-guard.js';
import type { NativeOptionValue, Plugin, PluginInstance, ProviderName } from './plugin.js';
import type { PluginCommandLine, PluginLibrary } from './plugin-command-line.js';
import type { PluginContext } from './plugin-context.js';
import type { PluginOptionDefinitions, PluginOptionValues } from './plugin-option.js';
import type { PluginRelease } from './plugin-release.js';
import type { SocketPolicy } from './socket-policy.js';

/** The argument of `definePlugin`. */
export interface PluginDefinition<
  Definitions extends PluginOptionDefinitions,
  Members extends object = object,
  Choice extends ProviderChoice = ProviderChoice,
> {
  /** The plug-in's WasmEdge name. */
  readonly name: string;
  /** Names of the wasm modules that guests import from it; `create` must make exactly these. */
  readonly moduleNames: readonly string[];
  /** Its own options; `provider` and `nativePath` are added to them. Default: none. */
  readonly options?: Definitions;
  /**
   * Where the result of `definePlugin` is exported, so that the plug-in can be recreated in another thread or process, and messages can name the function. A
   * module exports it as `{ module: import.meta.url, export: 'myPlugin' }`; a package, whose files may be bundled in pieces, as `{ package: 'my-package', from:
   * import.meta.url, export: 'myPlugin' }`. Default: nowhere; it works only where it was made.
   */
  readonly exportedAs?: ExportedAs | undefined;
  /** The native plug-in, if there is one. Default: there is none. */
  readonly native?: NativeDefinition<Definitions> | undefined;
  /** Where the native plug-in is released, for `wasmedge-plugins doctor`. Default: nowhere. */
  readonly releases?: readonly PluginRelease[] | undefined;
  /** The libraries that it needs on the machine, for `wasmedge-plugins doctor`; see {@link PluginCommandLine.libraries}. Default: none. */
  readonly libraries?: (() => readonly PluginLibrary[]) | undefined;
  /**
   * Decides where the functions come from when callers give `provider: 'auto'`, which they can do only if this is defined. Default: callers choose
   * themselves.
   *
   * @param nativePath the native plug-in's file, if the caller named one.
   */
  chooseProvider?(values: PluginOptionValues<Definitions>, nativePath: string | undefined): Choice;
  /**
   * Says what is wrong with options that are valid one by one, but not together or with the provider; `undefined` when nothing is. The text becomes an
   * `InvalidArgumentError`. Default: any combination is valid.
   *
   * @throws {InvalidArgumentError} if it examines an option beyond what its type checks; the caller gets it.
   */
  check?(values: PluginOptionValues<Definitions>, chosen: ChosenOptions<Definitions>): string | undefined;
  /**
   * Makes state and host modules for one runtime. State made here belongs to the runtime; state of a single guest instance is made with {@link
   * PluginContext.perInstance}.
   *
   * @throws {WasmEdgePluginsError} when the plug-in cannot work on this machine; `createRuntime` rejects with it.
   */
  create(options: PluginOptionValues<Definitions>, context: PluginContext): PluginInstance;
  /**
   * Members that the plug-in has besides those of every plug-in: functions that the program calls on it, or data that `combine` reads. Default: none.
   *
   * @throws {InvalidArgumentError} for invalid options; the caller gets it.
   */
  members?(values: PluginOptionValues<Definitions>, chosen: ChosenOptions<Definitions>): Members;
  /**
   * Makes the `create` of the one embedded plug-in into which several with this WasmEdge name are combined in a runtime, whoever defined them. Default: a second one is an error.
   *
   * @param plugins the given plug-ins, in order; `members` has given them what is needed here.
   * @throws {InvalidArgumentError} for plug-ins that cannot be combined; `createRuntime` rejects with it.
   */
  combine?(plugins: readonly Plugin[]): (context: PluginContext) => PluginInstance;
}

/** A plug-in's decision for `provider: 'auto'`. */
export interface ProviderChoice {
  /** Where the functions come from. */
  readonly provider: ProviderName;
  /** Why, for `runtime.report()`. */
  readonly reason: string;
  /** File of the native plug-in, if one was found. Default: the one that the caller named. */
  readonly nativePath?: string | undefined;
}

/** The caller's choices besides the values of options. */
export interface ChosenOptions<Definitions extends PluginOptionDefinitions> {
  /** The function that takes the options, for messages: `httpsReqPlugin()`. */
  readonly subject: string;
  /** Where the functions come from. With `provider: 'auto'`, the provider that was chosen. */
  readonly provider: ProviderName;
  /** File of the native plug-in, if it was named or found. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
  /** Names of the options that were given, rather than left at their defaults. */
  readonly given: ReadonlySet<keyof Definitions>;
}

/** The native counterpart of a defined plug-in. */
export interface NativeDefinition<Definitions extends PluginOptionDefinitions> {
  /** Its file name without platform prefix and suffix: `wasmedgePluginWasmEdgeProcess`. */
  readonly fileName: string;
  /** Which backend it is, for a plug-in that has several, so that messages tell how to get that one. Default: any. */
  readonly backend?: BackendName | undefined;
  /**
   * Which plug-in a file is instead, as the end of "it is …"; `undefined` for a file that is this one, or does not tell. Default: every file with
   * its file name is this plug-in.
   */
  refuse?(path: string): string | undefined;
  /** Logged once per process when it is loaded: its known defects. Default: nothing. */
  readonly warning?: string | undefined;
  /**
   * The values of its options, by its own names for them. Default: all options that are strings, numbers, booleans and lists of strings, by their
   * names in kebab-case.
   */
  options?(values: PluginOptionValues<Definitions>): Readonly<Record<string, NativeOptionValue>>;
  /** Makes the guard of its modules for these options. Default: guests import its own modules. */
  guard?(values: PluginOptionValues<Definitions>): NativeGuard;
  /** Makes the policy for WASI sockets that guests get because of it. Default: nothing. */
  sockets?(values: PluginOptionValues<Definitions>, context: PluginContext): SocketPolicy;
}

/** Options that every defined plug-in takes besides its own. */
export interface ProviderOptions<Provider extends string = ProviderName> {
  /** Where the functions come from; `auto`, if the plug-in supports it, leaves the choice to the plug-in. Default: `embedded`. */
  readonly provider?: Provider | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

/** A plug-in that `definePlugin` made: called with options, it returns an entry for `createRuntime({ plugins })`. */
export interface DefinedPlugin<Options extends object, Made extends Plugin = Plugin> {
  /** @throws {InvalidArgumentError} for an unknown option, an invalid value, or options that are not valid together. */
  (options?: Options): Made;
  /** What its package exports as `commandLine` from the subpath `/cli`. */
  readonly commandLine: PluginCommandLine;
}
