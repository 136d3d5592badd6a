import type {
  EngineName,
  Limits,
  PlacementName,
  Plugin,
  ProviderName,
  WasiOptions,
} from '@wasmedge-plugins/core';
import type { CaseRuntime } from './case-runtime.js';

/**
 * What a plug-in must do, as cases that any engine and provider can be tested against. A plug-in package exports its own under
 * the name `suite` from its subpath `/conformance`.
 */
export interface ConformanceSuite {
  /** The plug-in's WasmEdge name, for example `wasmedge_process`. */
  readonly plugin: string;
  /** Its name in reports, for example `Process plug-in`. */
  readonly title: string;
  /** Specifier under which the suite can be imported again in a child process, for example `@wasmedge-plugins/process/conformance`. */
  readonly module: string;
  /** `import.meta.url` of a module in the package that exports it, from which `module` is looked for. Default: the package that contains the folder of the guests. */
  readonly from?: string | URL | undefined;
  /** Folder of the built guests (`*.wasm`), as a file URL that ends with a slash. */
  readonly guests: URL;
  /**
   * Whether cases that ask for the same options share a runtime inline too, each with instances of its own, because making one takes longer than a case. In a thread and in
   * a process they do so in any case. Default: `false`.
   */
  readonly sharesRuntimes?: boolean | undefined;
  /** The cases, in the order in which they are run; at least one, each with a unique name. */
  readonly cases: readonly ConformanceCase[];
  /**
   * Tells whether a released native plug-in is this one, if several share a file name: it is run on each file, in a separate process, and a
   * file on which it fails is omitted. Default: any file with the plug-in's name is the plug-in.
   */
  readonly nativeProbe?: ConformanceCase;
  /**
   * Makes the plug-in for one runtime of a case.
   *
   * @throws anything: the case then fails.
   */
  createPlugin(setup: ProviderSetup): Plugin;
}

/** How to make the plug-in of a case. */
export interface ProviderSetup {
  /** Where the functions come from. */
  readonly provider: ProviderName;
  /** File of the native plug-in. Default: the plug-in looks in its usual places. */
  readonly nativePath?: string;
  /** The `plugin` that the case passed to {@link CaseContext.createRuntime}: the plug-in's own options. Default: none. */
  readonly options?: unknown;
}

/** One thing that the plug-in must do. */
export interface ConformanceCase {
  /** Unique in the suite; a sentence about the plug-in, for example `an exit code of 200 stays 200`. */
  readonly name: string;
  /** Where the expected answer comes from: a section of a specification, or the independent program that produced it. */
  readonly source: string;
  /**
   * What upstream's plug-in does instead. The case may then fail on provider `native`, which is reported as `differs` with this
   * text; if it passes there, it is `passed`. Default: upstream does the same.
   */
  readonly upstreamDiffers?: string;
  /** Names of the defects that this case must notice, see `assertSuiteDetects`. Default: none. */
  readonly detects?: readonly string[];
  /**
   * Checks what the plug-in does.
   *
   * @throws anything, or rejects, when the plug-in does not do what it must.
   */
  run(context: CaseContext): void | Promise<void>;
}

/** A case's options for a runtime. */
export interface RuntimeSetup {
  /** Becomes {@link ProviderSetup.options}. Default: none. */
  readonly plugin?: unknown;
  /** The guest's WASI options, as in core's `createRuntime`. Default: core's. */
  readonly wasi?: WasiOptions | undefined;
  /** Limits on the guest, as in core's `createRuntime`. Default: core's. */
  readonly limits?: Limits | undefined;
}

/** The context that the runner passes to a case. */
export interface CaseContext {
  /** The engine of the target. */
  readonly engine: EngineName;
  /** Where the guests of the target run. */
  readonly placement: PlacementName;
  /** The provider of the target. */
  readonly provider: ProviderName;
  /** True when the native plug-in is one that the test built in place of the released one. Default: `false`. */
  readonly standIn?: boolean;
  /**
   * Makes a runtime on the target's engine, in its placement, with the suite's plug-in. It is disposed after the case, if the case has not done so.
   *
   * @throws {InvalidArgumentError} for an unknown option.
   */
  createRuntime(options?: RuntimeSetup): Promise<CaseRuntime>;
  /**
   * Bytes of the guest `<name>.wasm` in the suite's folder.
   *
   * @throws {Error} as `readFileSync` when there is no such file.
   */
  guest(name: string): Uint8Array;
  /**
   * Ends the case as ignored, because something it needs is not available. It fails instead when the variable `CI_REQUIRE`
   * names `requirement`. Default: nothing requires it.
   *
   * @throws always; the runner knows the error.
   */
  ignore(reason: string, requirement?: string): never;
}
