import type { Plugin, ProviderName } from './plugin.js';
import type { PluginRelease } from './plugin-release.js';

/**
 * What a plug-in package tells the command `wasmedge-plugins`. It exports one as `commandLine` from its subpath `/cli`, so that
 * the command need not know more about a plug-in than its name.
 */
export interface PluginCommandLine {
  /** The command's options for this plug-in; empty when there are none. */
  readonly options: readonly PluginCommandLineOption[];
  /** Where the native plug-in is released, for `wasmedge-plugins doctor`. */
  readonly releases: readonly PluginRelease[];
  /**
   * The libraries that the package needs on the machine, for `wasmedge-plugins doctor`, which calls this in a separate process: libraries may
   * be loaded to find out their versions. Default: it needs none.
   */
  readonly libraries?: (() => readonly PluginLibrary[]) | undefined;
  /**
   * Asks the servers that options name how they are, for `wasmedge-plugins doctor`. `values` are those of {@link PluginCommandLine.create}. It takes some seconds at most. Default: no
   * option names servers.
   *
   * @throws {InvalidArgumentError} for an invalid value; the command prints it and ends.
   */
  servers?(values: Readonly<Record<string, PluginCommandLineValue>>): Promise<readonly PluginServer[]>;
  /**
   * Makes the plug-in. `values` has the options that were given, by their long name without the dashes. Without any options, the
   * plug-in must not allow anything that could do harm.
   *
   * @param setup the requested provider.
   * @throws {InvalidArgumentError} for an invalid value; the command prints it and ends.
   */
  create(
    values: Readonly<Record<string, PluginCommandLineValue>>,
    setup: { readonly provider: ProviderName },
  ): Plugin | Promise<Plugin>;
}

/** One option of a plug-in on the command line. */
export interface PluginCommandLineOption {
  /** The long name, with the argument if it takes one: `--allow-command <name>`. The name is that of WasmEdge's own command. */
  readonly flags: string;
  /** One line of the help. */
  readonly description: string;
  /** Whether it may be given several times; its value is then a list. Default: `false`. */
  readonly repeatable?: boolean;
  /**
   * Whether a value of a repeatable option is for this package, if several packages share the option, as the backends of one plug-in do. A value that none of
   * the chosen packages accepts is an error. Default: every value is.
   */
  readonly takes?: ((value: string) => boolean) | undefined;
}

/** A library that a package looks for on the machine. */
export interface PluginLibrary {
  /** Its display name: `OpenVINO`. */
  readonly name: string;
  /** Its file; absent when it was not found. */
  readonly path?: string | undefined;
  /** Its version, as it reports it; absent when it was not found. */
  readonly version?: string | undefined;
  /** Why it cannot be used, with the command that installs it; absent when it can. */
  readonly problem?: string | undefined;
  /** Whether the package works without it. Default: `false`. */
  readonly optional?: boolean | undefined;
}

/** What a server says of itself. */
export interface PluginServer {
  /** What it is asked for, by the name that guests use. */
  readonly name: string;
  /** Its address, without secrets. */
  readonly address: string;
  /** Why it cannot be used for that. Absent if it can. */
  readonly problem?: string | undefined;
  /** Whether it says that it is ready. Absent if it could not be asked. */
  readonly isReady?: boolean | undefined;
  /** What it is, and its version. Absent if it does not say. */
  readonly software?: string | undefined;
  /** Optional parts of the protocol that it has. Absent if it does not say. */
  readonly extensions?: readonly string[] | undefined;
  /** Names of its models, or of some of them. Absent if it does not say. */
  readonly models?: readonly string[] | undefined;
}

/** The value of an option: `true` when it takes no argument, a list when it is repeatable, otherwise its argument. */
export type PluginCommandLineValue = true | string | readonly string[];
