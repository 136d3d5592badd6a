/** What `doctor` found out. */
export interface DoctorReport {
  /** False when something that was asked for, or is installed, does not work. */
  readonly ok: boolean;
  readonly machine: Machine;
  readonly engines: readonly EngineState[];
  readonly plugins: readonly PluginState[];
}

export interface Machine {
  readonly node: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  /** The C library and its version, on Linux. */
  readonly libc: { readonly name: 'glibc' | 'musl'; readonly version?: string } | undefined;
}

export interface EngineState {
  readonly name: 'v8' | 'wasmedge';
  readonly available: boolean;
  readonly version?: string;
  readonly path?: string;
  /** Folders in which WasmEdge looks for native plug-ins. */
  readonly pluginPlaces?: readonly string[];
  /** Why it is not available. */
  readonly problem?: string;
}

/** One package of a plug-in. */
export interface PluginState {
  readonly name: string;
  readonly packageName: string;
  readonly package: { readonly installed: boolean; readonly version?: string; readonly problem?: string };
  /** Whether WasmEdge released the native plug-in for this platform; only the installed package knows. */
  readonly released: { readonly here: boolean; readonly since?: string; readonly until?: string } | undefined;
  readonly native: NativeState;
  /** Which provider a runtime would take. */
  readonly provider: 'embedded' | undefined;
  readonly reason: string;
}

/** The native plug-in's file. */
export interface NativeState {
  /** `undefined` when it could not be looked for. */
  readonly installed: boolean | undefined;
  readonly path?: string;
  readonly loads?: boolean;
  readonly problem?: string;
}
