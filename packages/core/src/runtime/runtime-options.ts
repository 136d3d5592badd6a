import type { EngineName } from '../engines/engine.js';
import type { HostModule } from '../host-module/host-module.js';
import type { Limits } from '../limits/limits.js';
import type { Logger } from '../logger/logger.js';
import type { Plugin } from '../plugin/plugin.js';
import type { NativePluginTrust } from '../plugin-trust/trust-options.js';
import type { TraceSink } from '../trace/trace-event.js';
import type { WasiOptions } from '../wasi/wasi-options.js';
import type { AotMode, AotOptions } from './aot-options.js';

/** Options of {@link createRuntime}. */
export interface RuntimeOptions {
  /** The engine that runs the guests. Default: `v8`, or `wasmedge` when another option needs a feature that only WasmEdge has. An explicit engine always wins. */
  readonly engine?: EngineName | undefined;
  /** Plug-ins, in any order. Default: none. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Which native plug-ins may be loaded. Default: all that `plugins` asks for. */
  readonly nativePlugins?: NativePluginTrust | undefined;
  /** Host modules of your own. Default: none. */
  readonly hostModules?: readonly HostModule[] | undefined;
  /** What a WASI guest gets. Default: no arguments, an empty environment, no folder, stdio inherited, no network. */
  readonly wasi?: WasiOptions | undefined;
  /** Limits on what a guest may use. Default: those that {@link Limits} names. */
  readonly limits?: Limits | undefined;
  /** Path of a libwasmedge. Default: the variable `WASMEDGE_LIBRARY`, then the usual places. Giving it chooses engine `wasmedge`. */
  readonly library?: string | undefined;
  /**
   * Whether guests of engine `wasmedge` run as native code, compiled here ahead of time, some forty times faster than when interpreted.
   * Native code in sections of a guest's file is never run. Asking for it chooses engine `wasmedge`.
   *
   * `inline` needs Node.js to be started with the options that `UnsafeAotError` names, and accepts neither `limits.timeoutMs` nor
   * `limits.growthBytes`, since nothing can stop compiled code in this process; a guest that recurses forever ends it. Use it for guests
   * that you trust.
   *
   * Guests that functions of other guests can reach (by an import from a guest, an exported table, a parameter) are interpreted
   * whatever this option says, and so are all guests of a runtime with native plug-ins; `report()` tells how each guest runs.
   *
   * Default: `background` in placement `process`, otherwise `off`; also `off` if a host function has `on: 'caller'`, since it may call
   * the guest that waits for it: with libwasmedge 0.14 such a call into compiled code throws `UnsupportedByEngineError`.
   */
  readonly aot?: AotMode | AotOptions | undefined;
  /**
   * Receives messages from libraries and plug-ins. Default: warnings and errors to stderr.
   *
   * In placements `worker` and `process` it runs in the thread that made the runtime, and so does `trace`; errors that they throw there are reported as process warnings.
   *
   * A logger given here also gets the log of libwasmedge 0.15 or later, while native plug-ins are loaded and when a call into a guest of a
   * runtime with native plug-ins has ended; on the main thread only. Another thread whose WasmEdge logs something during such a call waits
   * until this one is free. The log of libwasmedge 0.14 is not available; it is off.
   */
  readonly logger?: Logger | undefined;
  /** `true` prints every host call to stderr; a function receives it. Default: the variable `WASMEDGE_PLUGINS_TRACE`. */
  readonly trace?: boolean | TraceSink | undefined;
}

/** Options of `compileGuest`. */
export interface CompileGuestOptions {
  /** Default: `wasmedge` when `library` is given, otherwise `v8`. */
  readonly engine?: EngineName | undefined;
  /** Path of a libwasmedge. Default: the variable `WASMEDGE_LIBRARY`, then the usual places. Giving it chooses engine `wasmedge`. */
  readonly library?: string | undefined;
  /**
   * The limits of the runtimes that will use the guest. A memory that could grow beyond `memoryPages` (pages of 64 KiB) is compiled with
   * that bound, so a runtime with a different limit recompiles such a guest on first use. Default: as for `createRuntime()`.
   */
  readonly limits?: Pick<Limits, 'memoryPages'> | undefined;
}
