import type { Plugin, ProviderName } from './plugin.js';
import type { PluginRelease } from './plugin-release.js';

/**
 * What a plug-in package tells the command `wasmedge-plugins`. It exports one as `commandLine` from its subpath `/cli`, so that
 * the command knows of a plug-in no more than its name.
 */
export interface PluginCommandLine {
  /** What the command takes for this plug-in; empty when it takes nothing. */
  readonly options: readonly PluginCommandLineOption[];
  /** Where the native plug-in is released, for `wasmedge-plugins doctor`. */
  readonly releases: readonly PluginRelease[];
  /**
   * The libraries that the package needs on the machine, for `wasmedge-plugins doctor`, which asks in a process of its own: they may be loaded
   * to tell their versions. Default: it needs none.
   */
  readonly libraries?: (() => readonly PluginLibrary[]) | undefined;
  /**
   * Makes the plug-in. `values` has the options that were given, by their long name without the dashes. Without any, nothing may be
   * allowed that could do harm.
   *
   * @param setup the provider that was asked for.
   * @throws {InvalidArgumentError} for a value that cannot be; the command prints it and ends.
   */
  create(
    values: Readonly<Record<string, PluginCommandLineValue>>,
    setup: { readonly provider: ProviderName },
  ): Plugin | Promise<Plugin>;
}

/** One option of a plug-in on the command line. */
export interface PluginCommandLineOption {
  /** The long name, with the argument if it takes one: `--allow-command <name>`. Named as WasmEdge's command names it. */
  readonly flags: string;
  /** One line of the help. */
  readonly description: string;
  /** Whether it may be given several times; its value is then a list. Default: `false`. */
  readonly repeatable?: boolean;
  /**
   * Whether a value of a repeatable option is for this package, where several packages share the option, as the backends of one plug-in do. A value that none of
   * the chosen packages takes is an error. Default: every value is.
   */
  readonly takes?: ((value: string) => boolean) | undefined;
}

/** A library that a package looks for on the machine. */
export interface PluginLibrary {
  /** What a person calls it: `OpenVINO`. */
  readonly name: string;
  /** Its file; absent when it was not found. */
  readonly path?: string | undefined;
  /** Its version, as it tells it; absent when it was not found. */
  readonly version?: string | undefined;
  /** Why it cannot be used, with the command that installs it; absent when it can. */
  readonly problem?: string | undefined;
  /** Whether the package works without it. Default: `false`. */
  readonly optional?: boolean | undefined;
}

/** The value of an option: `true` when it takes no argument, a list when it is repeatable, else its argument. */
export type PluginCommandLineValue = true | string | readonly string[];
