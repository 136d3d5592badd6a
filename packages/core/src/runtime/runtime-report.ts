import type { EngineName } from '../engines/engine.js';
import type { ProviderName } from '../plugin/plugin.js';
import type { VerificationMethod } from '../plugin-trust/verify-plugin.js';

/** What a runtime chose, and why. */
export interface RuntimeReport {
  /** The engine that runs the guests. */
  readonly engine: EngineName;
  /** Why this engine: the option that asked for it, or that it is the default. */
  readonly engineReason: string;
  /** The libwasmedge in use; absent on engine `v8`. */
  readonly library?: {
    /** Its file, with every link followed. */
    readonly path: string;
    /** As the library tells it, for example `0.14.1`. */
    readonly version: string;
  };
  /** One entry for each plug-in, in the order in which they were given. */
  readonly plugins: readonly PluginReport[];
}

/** What a runtime chose for one plug-in. */
export interface PluginReport {
  /** Its WasmEdge name. */
  readonly name: string;
  /** Where its functions come from. */
  readonly provider: ProviderName;
  /** Why that provider, in a few words. */
  readonly reason: string;
  /** File of a native plug-in; absent for an embedded one. */
  readonly path?: string;
  /** What vouched for that file, where `nativePlugins` asked for something; empty when nothing did. Absent for an embedded plug-in. */
  readonly verifiedBy?: readonly VerificationMethod[];
  /** Names of the wasm modules that guests can import from it. */
  readonly modules: readonly string[];
}
