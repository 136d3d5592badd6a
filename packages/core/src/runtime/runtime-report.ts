import type { EngineName } from '../engines/engine.js';
import type { GuestExecution } from '../engines/wasmedge/aot/compiled-code.js';
import type { ProviderName } from '../plugin/plugin.js';
import type { VerificationMethod } from '../plugin-trust/verify-plugin.js';
import type { AotMode } from './aot-options.js';

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
  /** How guests are compiled ahead of time; absent on engine `v8`, which compiles them by itself. */
  readonly aot?: AotReport;
  /** One entry for each plug-in, in the order in which they were given. */
  readonly plugins: readonly PluginReport[];
}

/** How a runtime has its guests compiled ahead of time. */
export interface AotReport {
  /** When compiled code is used. */
  readonly mode: AotMode;
  /** Why, in a few words. */
  readonly reason: string;
  /** How the latest guests were instantiated, one entry for each name, at most 32, the latest last; empty where `mode` is `off`. */
  readonly guests: readonly GuestExecution[];
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
