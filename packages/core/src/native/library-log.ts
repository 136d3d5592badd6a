import { isMainThread } from 'node:worker_threads';
import type { Logger, LogLevel } from '../logger/logger.js';
import { koffi } from './koffi.js';
import { readString } from './list-strings.js';
import { nativeFields } from './native-bytes.js';
import type { NativeFunctions, Pointer } from './native-functions.js';
import { registerCallback } from './register-callback.js';

// WasmEdge_LogLevel: trace, debug, info, warn, error, critical.
const levels: readonly LogLevel[] = ['debug', 'debug', 'info', 'warn', 'error', 'error'];
// Below it are the statistics of each call.
const warning = 3;
const maxLines = 10_000;

interface Line {
  readonly level: LogLevel;
  readonly text: string;
}

/** The functions of libwasmedge that are there from 0.15 on. */
export interface LogFunctions {
  /** Takes the address of a C function. */
  readonly setCallback: (callback: bigint) => void;
  readonly setLevel: (level: number) => void;
}

/**
 * Hands libwasmedge's warnings and errors to a logger while something is done. Its log belongs to the process, and another thread that logs
 * waits in the callback for this one, so it is on for as short as can be, and for the main thread only. It is off at all other times; the
 * callback stays, since without one WasmEdge logs to stdout. Lines are handed over afterwards, so that a logger is
 * ordinary code: it may throw, and may use runtimes.
 */
export class LibraryLog {
  readonly #functions: LogFunctions;
  readonly #logOff: NativeFunctions['LogOff'];
  readonly #open: Line[][] = [];
  #isSet = false;

  constructor(functions: LogFunctions, logOff: NativeFunctions['LogOff']) {
    this.#functions = functions;
    this.#logOff = logOff;
  }

  /** Begins to collect lines; to be followed by {@link end}. What is begun meanwhile collects its own. */
  begin(): void {
    if (!isMainThread) {
      return;
    }
    if (this.#open.length === 0) {
      if (!this.#isSet) {
        this.#functions.setCallback(this.#register());
        this.#isSet = true;
      }
      this.#functions.setLevel(warning);
    }
    this.#open.push([]);
  }

  /** Hands over what was collected. */
  end(logger: Logger): void {
    const lines = this.#open.pop() ?? [];
    if (this.#open.length === 0 && isMainThread) {
      this.#logOff();
    }
    for (const { level, text } of lines) {
      logger(level, text);
    }
  }

  #register(): bigint {
    const prototype = koffi.proto('void', ['uint64_t']);
    return registerCallback((message: Pointer) => this.#collect(message), prototype);
  }

  /** Never throws: C would go on as if nothing had happened. */
  #collect(message: Pointer): void {
    const lines = this.#open.at(-1);
    if (lines === undefined || lines.length > maxLines) {
      return;
    }
    if (lines.length === maxLines) {
      lines.push({
        level: 'warn',
        text: `WasmEdge logged more than ${maxLines} lines; the rest is dropped.`,
      });
      return;
    }
    const fields = nativeFields(message, 36);
    lines.push({
      level: levels[fields.getInt32(32, true)] ?? 'info',
      text: `WasmEdge: ${readString(fields.getUint32(0, true), Number(fields.getBigUint64(8, true)))}`,
    });
  }
}
