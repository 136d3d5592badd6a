import { type HostModule, hostModule } from '../host-module/host-module.js';
import type { SocketPolicy } from '../plugin/socket-policy.js';
import { CapturedOutput, type TakenOutput } from './captured-output.js';
import { type CheckedOptions, checkCallOptions, checkOptions } from './checked-options.js';
import type { DescriptorTable } from './descriptor-table.js';
import { argsFunctions } from './functions/args.js';
import { clockFunctions } from './functions/clock.js';
import { fdDirectoryFunctions } from './functions/fd-directory.js';
import { fdIoFunctions } from './functions/fd-io.js';
import { fdStateFunctions } from './functions/fd-state.js';
import { pathFunctions } from './functions/path.js';
import { pathOpenFunctions } from './functions/path-open.js';
import { pollFunctions } from './functions/poll.js';
import { exitFunctions, processFunctions } from './functions/process.js';
import { preview1SocketFunctions, socketFunctions } from './functions/sockets.js';
import { WasiError } from './wasi-error.js';
import { bindFunctions } from './wasi-function.js';
import type { WasiOptions } from './wasi-options.js';
import { Right } from './wasi-rights.js';
import type { WasiState } from './wasi-state.js';
import { WasiWorld } from './wasi-world.js';

/** The WASI of one runtime: what its guests import, and what they wrote. */
export interface Wasi extends Disposable {
  /** What guests import it as. */
  readonly moduleName: string;
  /** Its functions, made when they are first asked for; the same for every program of this runtime. */
  readonly module: HostModule;
  /** What the latest program wrote to standard output; empty unless that is `capture`. */
  readonly stdout: Uint8Array;
  /** What the latest program wrote to standard error; empty unless that is `capture`. */
  readonly stderr: Uint8Array;
  /** Writes to the standard output of the program that runs, as that would; nothing if it cannot. */
  writeStdout(bytes: Uint8Array): void;
  /** The captured output of programs that were not run inside another one, as far as it was not taken before. */
  takeOutput(): TakenOutput | undefined;
  /**
   * Checks what one program gets instead of what the runtime's options say.
   *
   * @throws {InvalidArgumentError} naming the option that is wrong, or the folder that is missing.
   */
  check(options: WasiOptions): CheckedOptions;
  /**
   * Starts a new program for the guests that are called outside of {@link during}, with this name as argument 0 unless an option names it: what the
   * last one left open is closed, the descriptors are those of the options, and standard input is at its beginning.
   */
  begin(programName: string): void;
  /**
   * Runs a new program, which ends with `use`: what it left open is closed, and the program before goes on with what it has. Captured output is
   * empty at first; that of one that is run inside another is kept apart.
   *
   * @param options what it gets. Default: what the runtime's options say.
   */
  during<Result>(programName: string, options: CheckedOptions | undefined, use: () => Result): Result;
}

/**
 * Makes the WASI of one runtime. Functions and descriptors are made when a guest first needs them.
 *
 * @param remainingMs milliseconds that the running call of a guest may still take. Default: no bound.
 * @param sockets what guests may do with sockets; it may grow until a guest runs. Default: nothing.
 * @throws {InvalidArgumentError} naming the option that is wrong, or the folder that is missing.
 */
export function createWasi(
  options: WasiOptions | undefined,
  remainingMs = () => Number.POSITIVE_INFINITY,
  sockets: readonly SocketPolicy[] = [],
): Wasi {
  return new LazyWasi(checkOptions(options), remainingMs, sockets);
}

const functions = {
  ...argsFunctions,
  ...clockFunctions,
  ...fdDirectoryFunctions,
  ...fdIoFunctions,
  ...fdStateFunctions,
  ...pathFunctions,
  ...pathOpenFunctions,
  ...pollFunctions,
  ...processFunctions,
  ...socketFunctions,
};

class LazyWasi implements Wasi, WasiState {
  readonly #options: CheckedOptions;
  readonly #captured: CapturedOutput;
  readonly moduleName = 'wasi_snapshot_preview1';
  #module: HostModule | undefined;
  /** What guests see outside of {@link during}. */
  #base: WasiWorld;
  #running: WasiWorld | undefined;
  /** The output of the latest program. */
  #shown: CapturedOutput;

  readonly remainingMs: () => number;
  readonly sockets: readonly SocketPolicy[];

  constructor(options: CheckedOptions, remainingMs: () => number, sockets: readonly SocketPolicy[]) {
    this.#options = options;
    this.#captured = new CapturedOutput(options.maxOutputBytes);
    this.#shown = this.#captured;
    this.remainingMs = remainingMs;
    this.sockets = sockets;
    this.#base = this.#newWorld('guest', options, this.#captured);
  }

  get module(): HostModule {
    this.#module ??= hostModule(
      this.moduleName,
      { ...bindFunctions(functions, this), ...exitFunctions },
      { otherForms: bindFunctions(preview1SocketFunctions, this) },
    );
    return this.#module;
  }

  get stdout(): Uint8Array {
    return this.#shown.stdout.bytes();
  }

  get stderr(): Uint8Array {
    return this.#shown.stderr.bytes();
  }

  writeStdout(bytes: Uint8Array): void {
    try {
      const target = this.descriptors.get(1, Right.fdWrite);
      let rest = bytes;
      let written = 1;
      while (rest.byteLength > 0 && written > 0) {
        written = target.write(rest);
        rest = rest.subarray(written);
      }
    } catch (error) {
      if (!(error instanceof WasiError)) throw error;
    }
  }

  takeOutput(): TakenOutput | undefined {
    return this.#captured.take();
  }

  get args(): readonly Uint8Array[] {
    return this.#world.args;
  }

  get environ(): readonly Uint8Array[] {
    return this.#world.environ;
  }

  get descriptors(): DescriptorTable {
    return this.#world.descriptors;
  }

  check(options: WasiOptions): CheckedOptions {
    return checkCallOptions(options, this.#options);
  }

  begin(programName: string): void {
    this.#base.close();
    this.#base = this.#newWorld(programName, this.#options, this.#captured);
  }

  during<Result>(programName: string, options: CheckedOptions | undefined, use: () => Result): Result {
    const before = this.#running;
    const checked = options ?? this.#options;
    const { maxOutputBytes } = checked;
    const captured = before === undefined ? this.#captured : new CapturedOutput(maxOutputBytes);
    captured.begin(maxOutputBytes);
    const world = this.#newWorld(programName, checked, captured);
    this.#running = world;
    this.#shown = captured;
    try {
      return use();
    } finally {
      this.#running = before;
      this.#shown = captured;
      world.close();
    }
  }

  [Symbol.dispose](): void {
    this.#base.close();
  }

  get #world(): WasiWorld {
    return this.#running ?? this.#base;
  }

  #newWorld(programName: string, options: CheckedOptions, captured: CapturedOutput): WasiWorld {
    return new WasiWorld(options, programName, captured, this.remainingMs);
  }
}
