/** A description of a package of this project, from the field `wasmedgePlugin` of its package.json. */
export type RegisterEntry<Plugin extends string, Backend extends string, Encoding extends string> =
  | PluginEntry<Plugin>
  | BackendEntry<Plugin, Backend, Encoding>;

interface Entry {
  /** The package, which provides a plug-in for every platform. */
  readonly packageName: string;
  /** Where WasmEdge releases the native plug-in. Default: nowhere. */
  readonly release?: NativeRelease;
}

/** A package of a plug-in. It provides the plug-in itself, unless the plug-in has backends. */
interface PluginEntry<Plugin> extends Entry {
  readonly backendOf?: never;
  /** The name WasmEdge knows it by. */
  readonly name: Plugin;
  /** Its display name. */
  readonly title: string;
  /** Modules that guests import from it. */
  readonly moduleNames: readonly string[];
  /** File name of the native plug-in without platform prefix and suffix. Default: there is none. */
  readonly fileName?: string;
  /** Rust crates through which guests use it, as far as they are known. */
  readonly guestCrates: readonly GuestCrate[];
}

/** A package of one backend of a plug-in. */
interface BackendEntry<Plugin, Backend, Encoding> extends Entry {
  /** WasmEdge name of the plug-in. */
  readonly backendOf: Plugin;
  /** Which backend it is: `openvino`. */
  readonly name: Backend;
  /** Encodings of models that it loads, as `--nn-preload` names them. Default: none of its own. */
  readonly encodings?: readonly Encoding[];
  /**
   * Case-insensitive regular expression for a library that only this backend's native plug-in needs: all backends of a plug-in share one
   * file name. Default: no library identifies it.
   */
  readonly library?: string;
}

/** A native plug-in as WasmEdge releases it, according to its release assets and the documentation of the time. */
export interface NativeRelease {
  /** The part of an asset's name that identifies the plug-in: `wasi_nn-openvino`. */
  readonly asset: string;
  /** First version of WasmEdge with it, by platform. */
  readonly since: Readonly<Partial<Record<ReleasePlatform, string>>>;
  /** Last version of WasmEdge with it. Default: it is still released. */
  readonly until?: string;
  /** The upstream pull request or issue that removed it, such as `WasmEdge#5295`. Absent while it is released. */
  readonly removedBy?: string;
  /** Which of WasmEdge's builds have it, the preferred one first. Default: all builds for the platform. */
  readonly builds?: Readonly<Partial<Record<ReleasePlatform, readonly AssetBuild[]>>>;
  /** Whether releases without a separate asset for it have it in the runtime archive. Default: `false`. */
  readonly inRuntimeArchive?: boolean;
  /** CMake flags that build it from WasmEdge's sources. */
  readonly buildFlags: readonly string[];
  /** What must be installed to build and to load it. */
  readonly needs: string;
}

/** Platforms that WasmEdge releases plug-ins for. */
export type ReleasePlatform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

/** The systems that WasmEdge builds its plug-ins for. */
export type AssetBuild = 'manylinux' | 'ubuntu20.04' | 'darwin';

/** A Rust crate through which guests use a plug-in. */
export interface GuestCrate {
  /** Name on crates.io. */
  readonly name: string;
  /** Last version that works with the plug-in. */
  readonly version: string;
  /** First version of WasmEdge that it works with. Default: the first that has the plug-in. */
  readonly since?: string;
  /** Last version of WasmEdge that it works with. Default: the newest. */
  readonly until?: string;
}
