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
    /** As the library reports it, for example `0.14.1`. */
    readonly version: string;
  };
  /** How guests are compiled ahead of time; absent on engine `v8`, which compiles them by itself. */
  readonly aot?: AotReport;
  /** The process in which guests run; absent in placements other than `process`. */
  readonly child?: ChildReport;
  /** One entry per plug-in, in the order given. */
  readonly plugins: readonly PluginReport[];
}

/** The child process of a runtime, as the system reports it. */
export interface ChildReport {
  /** Process ID; `undefined` when none is running: the last one has ended, and the next call starts another. */
  readonly pid: number | undefined;
  /** Its limits that the system enforces. Known on Linux only. */
  readonly limits: {
    /** Bytes of its data, including what Node.js had when it started (`RLIMIT_DATA`); `undefined` when not limited. */
    readonly dataBytes?: number | undefined;
    /** Seconds of CPU time in all (`RLIMIT_CPU`); `undefined` when not limited. */
    readonly cpuSeconds?: number | undefined;
    /** Bytes of the file that a crash writes (`RLIMIT_CORE`), which is 0 on Linux; `undefined` when not limited. */
    readonly coreBytes?: number | undefined;
  };
  /** Whether it and the programs it starts are kept from gaining rights by a program's owner or capabilities (`PR_SET_NO_NEW_PRIVS`); `false` except on Linux. */
  readonly gainsNoRights: boolean;
  /** The control group that also limits its memory, or why it has none. */
  readonly controlGroup: {
    /** Folder of the group; `undefined` when there is none. */
    readonly path?: string | undefined;
    /** Why there is none; `undefined` when there is one. */
    readonly reason?: string | undefined;
  };
}

/** How a runtime has its guests compiled ahead of time. */
export interface AotReport {
  /** When compiled code is used. */
  readonly mode: AotMode;
  /** Why, in a few words. */
  readonly reason: string;
  /** How the most recent guests were instantiated, one entry per name, at most 32, the latest last; empty if `mode` is `off`. */
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
  /** How that file was verified, if `nativePlugins` asked for it; empty when it was not. Absent for an embedded plug-in. */
  readonly verifiedBy?: readonly VerificationMethod[];
  /** Names of the wasm modules that guests can import from it. */
  readonly modules: readonly string[];
  /**
   * What the plug-in has chosen besides and why, such as the library that runs models, a sentence each; of a runtime in another thread or process, as it was when that
   * started. Absent if it says nothing.
   */
  readonly choices?: readonly string[];
}
