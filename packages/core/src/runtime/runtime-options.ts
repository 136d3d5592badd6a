import type { HostModule } from '../host-module/host-module.js';
import type { Plugin } from '../plugin/plugin.js';
import type { NativePluginTrust } from '../plugin-trust/trust-options.js';
import type { TraceSink } from '../trace/trace-event.js';
import type { WasiOptions } from '../wasi/wasi-options.js';
import type { Logger } from './logger.js';

/** What executes a guest: Node's own WebAssembly, or libwasmedge. */
export type EngineName = 'v8' | 'wasmedge';

/** Bounds on what a guest may use. */
export interface Limits {
  /**
   * Most pages of 64 KiB that the memories of one guest may have together; several that can grow share what is left. Default: 65536 (4 GiB).
   * Both engines.
   */
  readonly memoryPages?: number;
  /**
   * Most instructions that one call from the host may execute; `Infinity` for no bound, which is the default. Engine `wasmedge` only, and
   * giving a bound chooses that engine. Instructions are counted in any case, since that is what lets a time-out and `growthBytes` stop a guest.
   */
  readonly cost?: number;
  /**
   * Milliseconds that one call from the host may take; for `run` and `instantiate`, with reading, loading, validating and starting the
   * guest. Time inside host functions counts: such a call ends with `GuestTimeoutError` as soon as the host function returns. Engine
   * `wasmedge` only. Giving it chooses that engine. Default: no bound.
   */
  readonly timeoutMs?: number;
  /**
   * Bytes by which the process may grow during one call from the host, aside from the first memory that each guest exports, of 64 guests at
   * most; `Infinity` for no bound. Engine `wasmedge` only, and giving a bound chooses that engine: its interpreter has no other stop for
   * endless recursion, which would end the process. Looked at ten times a second. Default: an eighth of the memory of the machine or
   * container, at most 2 GiB.
   */
  readonly growthBytes?: number;
}

/** Options of {@link createRuntime}. */
export interface RuntimeOptions {
  /** Default: `v8`, or `wasmedge` when another option asks for what only WasmEdge has. An explicit engine always wins. */
  readonly engine?: EngineName | undefined;
  /** Plug-ins, in any order. Default: none. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Which native plug-ins may be loaded. Default: all that `plugins` asks for. */
  readonly nativePlugins?: NativePluginTrust | undefined;
  /** Host modules of your own. Default: none. */
  readonly hostModules?: readonly HostModule[] | undefined;
  /** What a WASI guest gets. Default: no arguments, an empty environment, no folder, stdio inherited, no network. */
  readonly wasi?: WasiOptions | undefined;
  /** Bounds on what a guest may use. */
  readonly limits?: Limits | undefined;
  /** Path of a libwasmedge. Default: the variable `WASMEDGE_LIBRARY`, then the usual places. Giving it chooses engine `wasmedge`. */
  readonly library?: string | undefined;
  /**
   * Receives what libraries and plug-ins have to say. Default: warnings and errors to stderr.
   *
   * A logger that is given here also gets the log of a libwasmedge from 0.15 on, while native plug-ins are loaded and when a call into a
   * guest of a runtime with native plug-ins has ended; on the main thread only. Another thread whose WasmEdge logs something during such a
   * call waits until this one is free. libwasmedge 0.14 does not give its log away; it is off.
   */
  readonly logger?: Logger | undefined;
  /** `true` prints every host call to stderr; a function receives it. Default: the variable `WASMEDGE_PLUGINS_TRACE`. */
  readonly trace?: boolean | TraceSink | undefined;
}
