import type { PluginRelease } from '../plugin/plugin-release.js';
import type { PluginPackage } from '../register/plugin-packages.js';
import type { AssetBuild, NativeRelease } from '../register/register-entry.js';

/** A package whose native plug-in WasmEdge releases or released. */
export interface ReleasedPlugin extends PluginPackage {
  readonly fileName: string;
  readonly release: NativeRelease;
}

/** One platform of a released plug-in. */
export interface ReleasedPlatform extends PluginRelease {
  /** Which of WasmEdge's builds for this platform have it, the preferred one first. */
  readonly builds: readonly AssetBuild[];
}
