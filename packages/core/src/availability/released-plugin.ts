import type { PluginRelease } from '../plugin/plugin-release.js';

/** A backend of WASI-NN that has a package here; named after the package. */
export type WasiNnBackend = 'openvino' | 'pytorch' | 'tflite';

/** One native plug-in as WasmEdge releases it, and what belongs to it. */
export interface ReleasedPlugin {
  /** The name WasmEdge knows it by. */
  readonly name: string;
  /** Which backend, where one name has several files; absent where it has one. */
  readonly backend?: WasiNnBackend;
  /** The part of an asset's name that tells the plug-in: `wasi_nn-openvino`. */
  readonly asset: string;
  /** The package that provides it here, with an embedded provider for every platform. */
  readonly packageName: string;
  /** File name without platform prefix and suffix. */
  readonly fileName: string;
  /** First version of WasmEdge with it. */
  readonly since: string;
  /** Last version of WasmEdge with it. Default: it is still released. */
  readonly until?: string;
  /** The pull request or issue of upstream that removed it, such as `WasmEdge#5295`. Absent while it is released. */
  readonly removedBy?: string;
  /** Whether releases without an asset of its own have it in the archive of the runtime. Default: `false`. */
  readonly inRuntimeArchive?: boolean;
  /** Where it is released; a machine with no row here has no release. */
  readonly platforms: readonly ReleasedPlatform[];
  /** The Rust crates that guests import it by, as far as they are known. */
  readonly guestCrates: readonly GuestCrate[];
  /** Flags of CMake that build it from WasmEdge's sources. */
  readonly buildFlags: readonly string[];
  /** What must be installed to build and to load it. */
  readonly needs: string;
}

/** One platform of a released plug-in. */
export interface ReleasedPlatform extends PluginRelease {
  /** Which of WasmEdge's builds for this platform have it, the one to prefer first. */
  readonly builds: readonly AssetBuild[];
}

/** The systems that WasmEdge builds its plug-ins for. */
export type AssetBuild = 'manylinux' | 'ubuntu20.04' | 'darwin';

/** A Rust crate by which guests use a plug-in. */
export interface GuestCrate {
  /** Name on crates.io. */
  readonly name: string;
  /** Last version that fits the plug-in. */
  readonly version: string;
  /** First version of WasmEdge that it fits; absent when it fits the oldest. */
  readonly since?: string;
  /** Last version of WasmEdge that it fits; absent when it fits the newest. */
  readonly until?: string;
}
